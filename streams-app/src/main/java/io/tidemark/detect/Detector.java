package io.tidemark.detect;

import io.tidemark.state.Codec;
import java.util.List;

/**
 * One way of being unusual. An implementation is a record of parameters and holds no state: what it
 * has learned of a workload is a value {@code S}, kept beside the workload's other baselines.
 *
 * <p>For every window, in the order of event time, {@link #score} is called first and {@link
 * #learn} second, by the one place that calls both. Contract, checked for every implementation:
 * silent unless it {@link #speaks}; finite scores for all finite input; {@code score} leaves the
 * state as it was; the same state and windows always give the same result, byte for byte; a larger
 * deviation never scores lower; the state's written form is bounded.
 *
 * @param <S> what is learned of one workload from one source
 */
public interface Detector<S> {

  /** Public name: configuration key, metric tag, field of every alert. */
  String name();

  /**
   * Version of the state's written form and meaning; a stored state of another version is dropped.
   */
  int version();

  /** Written form of the state. */
  Codec<S> codec();

  /**
   * What is known of a workload that was never seen before.
   *
   * @param start start of its first window, milliseconds since the epoch
   */
  S initial(long start);

  /**
   * What it has learned to be normal, seen from the window that {@code profile} starts. Leaves the
   * state as it was; costs more than scoring and is asked seldom.
   */
  default Normal normal(S state, Profile profile) {
    return Normal.nothing(profile.firstSeen());
  }

  /** Whether this detector may speak yet, and what is missing if not. */
  Learning learning(S state, Profile profile);

  /**
   * Whether it may speak in the window that {@code profile} starts. A detector that can be certain
   * without a baseline says yes before {@link #learning} is complete, and then reports nothing but
   * that.
   */
  default boolean speaks(S state, Profile profile) {
    return learning(state, profile).ready();
  }

  /**
   * What is unusual in this window, seen from the state before it. Called only when it {@link
   * #speaks}.
   */
  List<Signal> score(S state, Profile profile, Window window);

  /**
   * The state after this window. May reuse the given state, which is spent.
   *
   * @param fired whether {@link #score} found this window unusual; a suspicious window should teach
   *     little
   */
  S learn(S state, Window window, boolean fired);

  /**
   * The state after a window that must not be learned from: what is added up over several windows
   * goes on, so that the next window can be scored; what is normal stays as it is, and the time
   * does not count as time of learning. May reuse the given state, which is spent.
   */
  default S follow(S state, Window window) {
    return state;
  }

  /**
   * Start of the window in which the workload must be judged next even if it says nothing, {@link
   * Long#MAX_VALUE} if never. Always later than the window last learned.
   */
  default long due(S state) {
    return Long.MAX_VALUE;
  }
}
