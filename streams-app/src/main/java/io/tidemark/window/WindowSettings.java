package io.tidemark.window;

import io.tidemark.setting.Setting;
import java.time.Duration;

/** Windows of event time, common to all sources. */
public record WindowSettings(
    @Setting("Length of a window, 1s to 1h, such that whole windows fill an hour.") Duration length,
    @Setting(
            "How far a flow's time may lie ahead of the time its record was written to its topic, 0s"
                + " to 1h; beyond it the record is bad.")
        Duration maxFuture,
    @Setting(
            "Workloads and addresses of one source that are known at a time, 100 to 10000000, shared"
                + " evenly by the partitions of the activity topic. When they are reached, workloads"
                + " that spoke in a window or two and not for ten minutes are forgotten; if that is"
                + " not enough, nothing is learned of new ones.")
        int maxWorkloads) {

  /** Most by default: with what is kept of each they fit a heap of a gigabyte. */
  private static final int WORKLOADS = 20_000;

  private static final int LEAST_WORKLOADS = 100;
  private static final int MOST_WORKLOADS = 10_000_000;

  private static final Duration HOUR = Duration.ofHours(1);

  public WindowSettings {
    requireBetween("length", "1s to 1h", length, Duration.ofSeconds(1));
    if (HOUR.toMillis() % length.toMillis() != 0) {
      throw new IllegalArgumentException("length must divide one hour: " + text(length));
    }
    requireBetween("max-future", "0s to 1h", maxFuture, Duration.ZERO);
    if (maxWorkloads < LEAST_WORKLOADS || maxWorkloads > MOST_WORKLOADS) {
      throw new IllegalArgumentException("max-workloads must be 100 to 10000000: " + maxWorkloads);
    }
  }

  public static WindowSettings defaults() {
    return new WindowSettings(Duration.ofSeconds(10), Duration.ofSeconds(60), WORKLOADS);
  }

  /** The share of one partition of the activity topic in the workloads. */
  public int workloads(int partitions) {
    return (maxWorkloads + partitions - 1) / partitions;
  }

  private static void requireBetween(String key, String range, Duration value, Duration least) {
    if (value.compareTo(least) < 0 || value.compareTo(HOUR) > 0) {
      throw new IllegalArgumentException(key + " must be " + range + ": " + text(value));
    }
  }

  /** As people write it: the largest unit that leaves no remainder. */
  private static String text(Duration value) {
    long millis = value.toMillis();
    if (millis != 0 && millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis != 0 && millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
