package io.tidemark.explain;

import io.tidemark.alert.Alert;
import io.tidemark.config.Config;
import io.tidemark.config.NumericSetting;
import io.tidemark.detect.Detector;
import io.tidemark.detect.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Which settings, each alone, would have kept an alert silent: the windows in which it fired are
 * scored again with other values, against what had been learned before them.
 */
final class Silencing {

  private static final long SECOND = 1000;

  /**
   * Settings that say what is learned, or how long it is kept: with another value the baseline
   * would be another, which scoring the old one again cannot show.
   */
  private static final Set<String> OF_LEARNING =
      Set.of(
          "detectors.new-peer.peers",
          "detectors.new-peer.half-life",
          "detectors.port-use.ephemeral-from",
          "detectors.port-use.half-life",
          "detectors.volume.interval",
          "detectors.volume.accept-after");

  private final Config config;
  private final Alert alert;
  private final List<Judged> windows;
  private final List<Set<String>> before = new ArrayList<>();

  /**
   * @param windows those in which the alert fired
   */
  Silencing(Config config, Alert alert, List<Judged> windows) {
    this.config = config;
    this.alert = alert;
    // The most telling first: most trials end there.
    this.windows = windows;
    for (Judged window : windows) {
      before.add(subjects(signals(config, window)));
    }
  }

  /** The detector of this name, if it is switched on. */
  static Optional<Detector<?>> detector(Config config, String name) {
    return config.detectors().inService().stream()
        .filter(each -> each.name().equals(name))
        .findFirst();
  }

  /** What would have silenced it, the smallest relative change first. */
  List<Account.Setting> settings() {
    List<NumericSetting> candidates =
        new ArrayList<>(NumericSetting.below(config, "detectors." + alert.detector()));
    candidates.removeIf(each -> OF_LEARNING.contains(each.key()));
    NumericSetting.below(config, "alerts").stream()
        .filter(each -> each.key().equals("alerts.min-score"))
        .forEach(candidates::add);
    List<Account.Setting> found = new ArrayList<>();
    for (NumericSetting each : candidates) {
      nearest(each)
          .ifPresent(
              value -> {
                double now = each.value(config);
                found.add(
                    new Account.Setting(
                        each.key(),
                        each.text(now),
                        each.text(value),
                        now == 0 ? Double.POSITIVE_INFINITY : Math.abs(value - now) / Math.abs(now)));
              });
    }
    found.sort(
        Comparator.comparingDouble(Account.Setting::change).thenComparing(Account.Setting::key));
    return found;
  }

  private OptionalDouble nearest(NumericSetting setting) {
    double now = setting.value(config);
    double grain = setting.whole() ? 1 : setting.duration() ? SECOND : grain(now);
    boolean rounded = !setting.whole() && !setting.duration();
    return new Nearest(now, grain, rounded, value -> outcome(setting, value)).find();
  }

  private static double grain(double now) {
    return now == 0 ? 1e-3 : Math.abs(now) * 1e-4;
  }

  private Nearest.Outcome outcome(NumericSetting setting, double value) {
    Optional<Config> changed = setting.with(config, value);
    if (changed.isEmpty()) {
      return Nearest.Outcome.INVALID;
    }
    for (int i = 0; i < windows.size(); i++) {
      for (String subject : subjects(signals(changed.get(), windows.get(i)))) {
        // Silence that comes with an alert about something else is none.
        if (subject.equals(subject(alert.subjectKind(), alert.subject()))
            || !before.get(i).contains(subject)) {
          return Nearest.Outcome.FIRES;
        }
      }
    }
    return Nearest.Outcome.SILENT;
  }

  private List<Signal> signals(Config with, Judged window) {
    return detector(with, alert.detector())
        .map(detector -> window.signals(detector, with.alerts().minScore()))
        .orElse(List.of());
  }

  private static Set<String> subjects(List<Signal> signals) {
    Set<String> subjects = new HashSet<>();
    signals.forEach(signal -> subjects.add(subject(signal.subjectKind(), signal.subject())));
    return subjects;
  }

  private static String subject(String kind, String name) {
    return kind + ' ' + name;
  }
}
