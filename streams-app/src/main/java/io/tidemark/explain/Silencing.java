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
  private static final String WARM_UP = ".warm-up";

  /** So many times its value is as far as a setting is moved, by halves down to the finest. */
  private static final double FARTHEST = 1 << 16;

  private static final double FINEST = 0.01;

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
    List<NumericSetting> candidates = candidates();
    NumericSetting.below(config, "alerts").stream()
        .filter(each -> each.key().equals("alerts.min-score"))
        .forEach(candidates::add);
    List<Account.Setting> found = new ArrayList<>();
    for (NumericSetting each : candidates) {
      nearest(config, each).ifPresent(value -> found.add(setting(each, value)));
    }
    found.sort(
        Comparator.comparingDouble(Account.Setting::change).thenComparing(Account.Setting::key));
    return found;
  }

  /**
   * Two settings of the detector that would have silenced it together, of all such pairs the one
   * with the smallest larger change; empty if there is none. A scan that is fast and slow at once
   * exceeds two limits, and raising one of them changes nothing.
   */
  List<Account.Setting> pair() {
    List<NumericSetting> candidates = candidates();
    candidates.removeIf(each -> each.key().endsWith(WARM_UP));
    List<Account.Setting> best = List.of();
    for (int i = 0; i < candidates.size(); i++) {
      for (NumericSetting other : candidates.subList(i + 1, candidates.size())) {
        for (int way : new int[] {1, -1}) {
          List<Account.Setting> pair = pair(candidates.get(i), other, way);
          if (!pair.isEmpty() && (best.isEmpty() || change(pair) < change(best))) {
            best = pair;
          }
        }
      }
    }
    return best;
  }

  /** Whether a setting of the detector is among these that does more than make it wait. */
  static boolean precise(List<Account.Setting> settings) {
    return settings.stream()
        .anyMatch(each -> each.key().startsWith("detectors.") && !each.key().endsWith(WARM_UP));
  }

  private List<Account.Setting> pair(NumericSetting one, NumericSetting other, int way) {
    Config farthest = farthest(other, way);
    OptionalDouble first = nearest(farthest, one);
    if (first.isEmpty()) {
      return List.of();
    }
    Config with = one.with(config, first.getAsDouble()).orElse(config);
    OptionalDouble second = nearest(with, other);
    return second.isEmpty()
        ? List.of()
        : List.of(setting(one, first.getAsDouble()), setting(other, second.getAsDouble()));
  }

  /** The configuration with this setting as far away as is valid, or nearly so. */
  private Config farthest(NumericSetting setting, int way) {
    double now = setting.value(config);
    Config farthest = config;
    double valid = 0;
    for (double step = Math.max(1, Math.abs(now)) * FARTHEST; step > FINEST; step /= 2) {
      Optional<Config> tried = setting.with(config, now + way * (valid + step));
      if (tried.isPresent()) {
        farthest = tried.get();
        valid += step;
      }
    }
    return farthest;
  }

  private List<NumericSetting> candidates() {
    List<NumericSetting> candidates =
        new ArrayList<>(NumericSetting.below(config, "detectors." + alert.detector()));
    candidates.removeIf(each -> OF_LEARNING.contains(each.key()));
    return candidates;
  }

  private Account.Setting setting(NumericSetting setting, double value) {
    double now = setting.value(config);
    double change = now == 0 ? Double.POSITIVE_INFINITY : Math.abs(value - now) / Math.abs(now);
    return new Account.Setting(setting.key(), setting.text(now), setting.text(value), change);
  }

  private static double change(List<Account.Setting> settings) {
    return settings.stream().mapToDouble(Account.Setting::change).max().orElseThrow();
  }

  private OptionalDouble nearest(Config base, NumericSetting setting) {
    double now = setting.value(config);
    double grain = setting.whole() ? 1 : setting.duration() ? SECOND : grain(now);
    boolean rounded = !setting.whole() && !setting.duration();
    return new Nearest(now, grain, rounded, value -> outcome(base, setting, value)).find();
  }

  private static double grain(double now) {
    return now == 0 ? 1e-3 : Math.abs(now) * 1e-4;
  }

  private Nearest.Outcome outcome(Config base, NumericSetting setting, double value) {
    Optional<Config> changed = setting.with(base, value);
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
