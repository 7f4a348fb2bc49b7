package io.tidemark.alert;

import io.tidemark.detect.Signal;
import java.util.Comparator;

/**
 * A signal and the detector it is from. What is longer than an alert keeps is cut here, once, and
 * what is scored higher than its contributions bear.
 *
 * @param detector the detector's public name
 * @param version its version
 * @param signal what it found
 */
public record Finding(String detector, int version, Signal signal) {

  /** Strongest first, then by name, so that the order in which detectors ran tells nothing. */
  static final Comparator<Finding> STRONGEST_FIRST =
      Comparator.comparingDouble((Finding finding) -> finding.signal.score())
          .reversed()
          .thenComparing(Finding::key)
          .thenComparing(finding -> finding.signal.summary());

  public Finding {
    detector = Printable.bounded(detector, Bounds.NAME);
    signal = Calibration.of(Bounds.of(signal));
  }

  EpisodeKey key() {
    return new EpisodeKey(detector, signal.subjectKind(), signal.subject());
  }
}
