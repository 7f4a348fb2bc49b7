package io.tidemark.detect;

import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.window.DomainActivity;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one workload asks about one registrable domain: five buckets of a minute, five of a quarter
 * of an hour behind them, six of an hour behind these, and how many distinct names were usual in
 * five minutes, in an hour and in six.
 */
final class TunnelDomain {

  static final int MINUTES = 5;
  static final int QUARTER = 15;
  static final int HOUR = 60;
  static final int LONG = 6 * HOUR;

  // Of the longest of the three rows: five minutes, five quarters, seven hours begun.
  private static final int BUCKETS = LONG / HOUR + 1;

  private final TreeMap<Long, TunnelBucket> minutes = new TreeMap<>();
  private final TreeMap<Long, TunnelBucket> quarters = new TreeMap<>();
  private final TreeMap<Long, TunnelBucket> hours = new TreeMap<>();
  private final HourlyPeaks usualFast;
  private final HourlyPeaks usualSlow;
  private final HourlyPeaks usualLong;
  private long lastAsked;

  TunnelDomain() {
    this(new HourlyPeaks(), new HourlyPeaks(), new HourlyPeaks());
  }

  private TunnelDomain(HourlyPeaks usualFast, HourlyPeaks usualSlow, HourlyPeaks usualLong) {
    this.usualFast = usualFast;
    this.usualSlow = usualSlow;
    this.usualLong = usualLong;
  }

  long lastAsked() {
    return lastAsked;
  }

  /** Distinct names in five minutes as they were before, one peak per hour. */
  HourlyPeaks usualFast() {
    return usualFast;
  }

  /** Distinct names in an hour, likewise. */
  HourlyPeaks usualSlow() {
    return usualSlow;
  }

  /** Distinct names in six hours, likewise. */
  HourlyPeaks usualLong() {
    return usualLong;
  }

  void add(long minute, String registrable, DomainActivity activity, double least) {
    minutes.computeIfAbsent(minute, m -> new TunnelBucket()).add(registrable, activity, least);
    lastAsked = minute;
  }

  /** Everything asked in the five minutes that end with this one. */
  TunnelBucket fast(long minute) {
    TunnelBucket sum = new TunnelBucket();
    minutes.tailMap(minute - MINUTES, false).values().forEach(sum::merge);
    return sum;
  }

  /** Everything asked in the hour that ends with this minute; up to a quarter of an hour more. */
  TunnelBucket slow(long minute) {
    TunnelBucket sum = new TunnelBucket();
    minutes.values().forEach(sum::merge);
    quarters.tailMap(quarterBefore(minute), false).values().forEach(sum::merge);
    return sum;
  }

  /** Everything asked in the six hours that end with this minute; up to an hour more. */
  TunnelBucket patient(long minute) {
    TunnelBucket sum = slow(minute);
    hours.tailMap(hourBefore(minute), false).values().forEach(sum::merge);
    return sum;
  }

  /** The largest number of names that {@link #patient} can return, without merging. */
  long atMost() {
    return recent() + names(hours);
  }

  /** The largest number of names that {@link #slow} can return, without merging. */
  long recent() {
    return names(minutes) + names(quarters);
  }

  private static long names(Map<Long, TunnelBucket> buckets) {
    long sum = 0;
    for (TunnelBucket bucket : buckets.values()) {
      sum += bucket.names();
    }
    return sum;
  }

  /**
   * Moves what is older than five minutes to the quarters, what is older than an hour to the hours,
   * and forgets what is older than six.
   */
  void roll(long minute) {
    while (!minutes.isEmpty() && minutes.firstKey() <= minute - MINUTES) {
      Map.Entry<Long, TunnelBucket> oldest = minutes.pollFirstEntry();
      quarters
          .computeIfAbsent(Math.floorDiv(oldest.getKey(), (long) QUARTER), q -> new TunnelBucket())
          .merge(oldest.getValue());
    }
    while (!quarters.isEmpty() && quarters.firstKey() <= quarterBefore(minute)) {
      Map.Entry<Long, TunnelBucket> oldest = quarters.pollFirstEntry();
      hours
          .computeIfAbsent(
              Math.floorDiv(oldest.getKey() * QUARTER, (long) HOUR), h -> new TunnelBucket())
          .merge(oldest.getValue());
    }
    hours.headMap(hourBefore(minute), true).clear();
  }

  private static long quarterBefore(long minute) {
    return Math.floorDiv(minute - HOUR, (long) QUARTER) - 1;
  }

  private static long hourBefore(long minute) {
    return Math.floorDiv(minute - LONG, (long) HOUR) - 1;
  }

  void write(StateWriter out) {
    out.varlong(lastAsked);
    usualFast.write(out);
    usualSlow.write(out);
    usualLong.write(out);
    write(out, minutes);
    write(out, quarters);
    write(out, hours);
  }

  private static void write(StateWriter out, Map<Long, TunnelBucket> buckets) {
    out.varint(buckets.size());
    buckets.forEach(
        (at, bucket) -> {
          out.varlong(at);
          bucket.write(out);
        });
  }

  static TunnelDomain read(StateReader in) {
    long lastAsked = in.varlong();
    TunnelDomain domain =
        new TunnelDomain(HourlyPeaks.read(in), HourlyPeaks.read(in), HourlyPeaks.read(in));
    domain.lastAsked = lastAsked;
    read(in, domain.minutes);
    read(in, domain.quarters);
    read(in, domain.hours);
    return domain;
  }

  private static void read(StateReader in, Map<Long, TunnelBucket> buckets) {
    int count = in.count();
    if (count > BUCKETS) {
      throw new StateFormatException("dns-tunnel: " + count + " buckets");
    }
    for (int left = count; left > 0; left--) {
      buckets.put(in.varlong(), TunnelBucket.read(in));
    }
  }
}
