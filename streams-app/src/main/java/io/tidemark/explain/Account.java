package io.tidemark.explain;

import io.tidemark.alert.Alert;
import io.tidemark.detect.Normal;
import io.tidemark.detect.Window;
import java.util.List;
import java.util.Map;

/**
 * Everything about one alert. Times are milliseconds since the epoch.
 *
 * @param alert as it was told last
 * @param published whether it was read from where alerts are published
 * @param detectorOn whether its detector is switched on in the configuration that judged again
 * @param earliest start of the oldest window with facts of its source in the history that was read;
 *     {@link Long#MAX_VALUE} if there was none
 * @param comparison whether recomputing gave the same
 * @param normal by detector: what was normal before
 * @param firstSeen start of the workload's first window, {@link #UNKNOWN} if it was not judged
 * @param windowsSeen windows with facts before
 * @param before start of the alert's first window: the time that {@code normal} is of, or {@link
 *     #UNKNOWN}
 * @param window the window of the highest score; {@code null} if it was not judged
 * @param timeline the windows that fired, in order
 * @param more how many more fired
 * @param silencers the settings that would have silenced it, each alone, nearest first
 * @param pair two that would have done so together, looked for where none of the detector's own
 *     does alone; empty if there are none
 */
public record Account(
    Alert alert,
    boolean published,
    boolean detectorOn,
    long earliest,
    Agreement comparison,
    Map<String, Normal> normal,
    long firstSeen,
    long windowsSeen,
    long before,
    Window window,
    List<Moment> timeline,
    long more,
    List<Setting> silencers,
    List<Setting> pair) {

  public static final long UNKNOWN = Long.MIN_VALUE;

  /** A window that fired. */
  public record Moment(long start, long end, double score, String summary) {}

  /**
   * A setting that would have silenced it.
   *
   * @param key dotted path
   * @param now its value in the configuration that judged again
   * @param value the nearest value that is silent
   * @param change distance of the two as a share of the first, infinite where that is 0
   */
  public record Setting(String key, String now, String value, double change) {}

  public Account {
    timeline = List.copyOf(timeline);
    silencers = List.copyOf(silencers);
    pair = List.copyOf(pair);
  }
}
