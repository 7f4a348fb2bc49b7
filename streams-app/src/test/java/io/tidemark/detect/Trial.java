package io.tidemark.detect;

import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Plays windows to a detector as the pipeline does: score when it is ready, then learn. Every state
 * goes through its written form on request only, so that tests stay fast.
 */
final class Trial<S> {

  private final Detector<S> detector;
  private final Source source;
  private S state;
  private long firstSeen = -1;
  private long windowsSeen;
  private long next = Windows.START;
  private Workload subject = Windows.SUBJECT;
  private Prevalence prevalence = Prevalence.UNKNOWN;
  private Replicas replicas = Replicas.NONE;

  Trial(Detector<S> detector) {
    this(detector, Source.HUBBLE);
  }

  Trial(Detector<S> detector, Source source) {
    this.detector = detector;
    this.source = source;
  }

  /** The windows to come are of another workload. */
  Trial<S> of(Workload workload) {
    subject = workload;
    return this;
  }

  /** What the fleet is known to do when the windows to come are judged. */
  Trial<S> knowing(Prevalence fleet) {
    prevalence = fleet;
    return this;
  }

  /** The pods that were seen so far. */
  Replicas replicas() {
    return replicas;
  }

  /** Goes on with these pods. */
  Trial<S> by(Replicas pods) {
    replicas = pods;
    return this;
  }

  /** Goes on from a state that was learned elsewhere. */
  static <S> Trial<S> resume(Detector<S> detector, byte[] state, Profile profile) {
    Trial<S> trial = new Trial<>(detector);
    trial.state = detector.codec().fromBytes(state);
    trial.firstSeen = profile.firstSeen();
    trial.windowsSeen = profile.windowsSeen();
    trial.next = profile.start();
    return trial;
  }

  /** The next window, right after the last one. */
  List<Signal> then(TestActivity activity) {
    Window window = window(activity);
    replicas = window.replicas();
    if (state == null) {
      firstSeen = next;
      state = detector.initial(next);
    }
    Profile profile = profile();
    List<Signal> signals =
        detector.speaks(state, profile) ? detector.score(state, profile, window) : List.of();
    state = detector.learn(state, window, !signals.isEmpty());
    next = window.end();
    windowsSeen++;
    return signals;
  }

  /** Like {@link #then}, but the window must not be learned from. */
  List<Signal> follow(TestActivity activity) {
    Window window = window(activity);
    replicas = window.replicas();
    if (state == null) {
      firstSeen = next;
      state = detector.initial(next);
    }
    Profile profile = profile();
    List<Signal> signals =
        detector.speaks(state, profile) ? detector.score(state, profile, window) : List.of();
    state = detector.follow(state, window);
    next = window.end();
    return signals;
  }

  /** Like {@link #follow}, but some time later. */
  List<Signal> followAfter(Duration gap, TestActivity activity) {
    next += gap.toMillis() / Windows.LENGTH * Windows.LENGTH;
    return follow(activity);
  }

  /** Like {@link #then}, but some time later: nothing is said, or judged, in between. */
  List<Signal> thenAfter(Duration gap, TestActivity activity) {
    next += gap.toMillis() / Windows.LENGTH * Windows.LENGTH;
    return then(activity);
  }

  /** Plays so many windows, one after the other; their signals are forgotten. */
  Trial<S> play(int windows, IntFunction<TestActivity> activity) {
    for (int i = 0; i < windows; i++) {
      then(activity.apply(i));
    }
    return this;
  }

  /** Plays windows over this time, one every {@code stride}; their signals are forgotten. */
  Trial<S> play(Duration time, Duration stride, IntFunction<TestActivity> activity) {
    long gap = stride.toMillis() - Windows.LENGTH;
    for (int i = 0; i < time.toMillis() / stride.toMillis(); i++) {
      then(activity.apply(i));
      next += gap;
    }
    return this;
  }

  /** What is known when the next window is judged. */
  Profile profile() {
    return new Profile(firstSeen, windowsSeen, next);
  }

  S state() {
    return state;
  }

  byte[] bytes() {
    return detector.codec().toBytes(state);
  }

  boolean ready() {
    return detector.learning(state, profile()).ready();
  }

  /** The next window as it would be judged. */
  Window window(TestActivity activity) {
    Window window = Windows.at(source, next, activity);
    return new Window(
        source,
        subject,
        next,
        window.end(),
        window.activity(),
        window.lossy(),
        prevalence,
        replicas.after(window.activity(), next));
  }
}
