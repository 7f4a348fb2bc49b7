package io.tidemark.explain;

import io.tidemark.alert.Alert;
import io.tidemark.alert.Finding;
import io.tidemark.detect.Detector;
import io.tidemark.detect.Profile;
import io.tidemark.detect.Signal;
import io.tidemark.detect.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A window together with what its detector had learned before it, to be scored again at will:
 * scoring leaves the state alone, and its written form is the same for all settings.
 */
final class Judged {

  private final Window window;
  private final Profile profile;
  private final Object state;

  /**
   * @param lesson written form of what the detector had learned
   */
  Judged(Detector<?> detector, Window window, Profile profile, byte[] lesson) {
    this.window = window;
    this.profile = profile;
    this.state = detector.codec().fromBytes(lesson);
  }

  Window window() {
    return window;
  }

  /**
   * What a detector of the same kind finds that scores enough, strongest first.
   *
   * @param minScore least score
   */
  List<Signal> signals(Detector<?> detector, double minScore) {
    List<Signal> found = new ArrayList<>();
    for (Signal signal : score(detector)) {
      // As it is in an alert: long names are cut there.
      Signal bounded = new Finding(detector.name(), detector.version(), signal).signal();
      if (bounded.counts(minScore)) {
        found.add(bounded);
      }
    }
    found.sort((one, other) -> Double.compare(other.score(), one.score()));
    return found;
  }

  /** The strongest of these that the alert is about. */
  static Optional<Signal> about(Alert alert, List<Signal> signals) {
    return signals.stream().filter(signal -> isAbout(alert, signal)).findFirst();
  }

  static boolean isAbout(Alert alert, Signal signal) {
    return signal.subjectKind().equals(alert.subjectKind())
        && signal.subject().equals(alert.subject());
  }

  @SuppressWarnings("unchecked") // The state was read by the codec of a detector of this kind.
  private <S> List<Signal> score(Detector<S> detector) {
    S learned = (S) state;
    return detector.speaks(learned, profile) ? detector.score(learned, profile, window) : List.of();
  }
}
