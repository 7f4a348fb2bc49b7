package io.tidemark.detect;

import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;

/** Bytes to and from one server in each of the last {@value #HOURS} hours. */
final class Upload {

  static final int HOURS = 24;

  /** Sums stop here: exact as a double, and no hostile count wraps them around. */
  private static final long MOST = 1L << 52;

  /** Bytes out of the workload and into it, over some hours. */
  record Sum(long out, long in) {

    Sum plus(long moreOut, long moreIn) {
      return new Sum(capped(out, moreOut), capped(in, moreIn));
    }
  }

  private final long key;
  private final long group;
  private final long[] out = new long[HOURS];
  private final long[] in = new long[HOURS];
  private long hour;

  /**
   * @param key hash of the server
   * @param group hash of what it counts as: its name or network
   * @param hour the current one, since the epoch
   */
  Upload(long key, long group, long hour) {
    this.key = key;
    this.group = group;
    this.hour = hour;
  }

  long key() {
    return key;
  }

  long group() {
    return group;
  }

  /** Hour of the last bytes, since the epoch. */
  long hour() {
    return hour;
  }

  /** Adds bytes of an hour that is no earlier than the last. */
  void add(long now, long bytesOut, long bytesIn) {
    for (long each = Math.max(hour + 1, now - HOURS + 1); each <= now; each++) {
      out[slot(each)] = 0;
      in[slot(each)] = 0;
    }
    hour = Math.max(hour, now);
    out[slot(hour)] = capped(out[slot(hour)], bytesOut);
    in[slot(hour)] = capped(in[slot(hour)], bytesIn);
  }

  /** What was moved in this many hours, the one of {@code now} included. */
  Sum within(long now, int hours) {
    Sum sum = new Sum(0, 0);
    for (long each = Math.max(now - hours + 1, hour - HOURS + 1); each <= hour; each++) {
      sum = sum.plus(out[slot(each)], in[slot(each)]);
    }
    return sum;
  }

  void write(StateWriter to) {
    to.fixed64(key).fixed64(group).varlong(hour);
    for (int i = 0; i < HOURS; i++) {
      to.varlong(out[i]).varlong(in[i]);
    }
  }

  static Upload read(StateReader from) {
    Upload upload = new Upload(from.fixed64(), from.fixed64(), from.varlong());
    for (int i = 0; i < HOURS; i++) {
      upload.out[i] = from.varlong();
      upload.in[i] = from.varlong();
      if (upload.out[i] < 0 || upload.in[i] < 0) {
        throw new StateFormatException("exfiltration: fewer than no bytes");
      }
    }
    return upload;
  }

  private static int slot(long hour) {
    return (int) Math.floorMod(hour, (long) HOURS);
  }

  private static long capped(long sum, long more) {
    return Math.min(MOST, sum + Math.min(MOST, Math.max(0, more)));
  }
}
