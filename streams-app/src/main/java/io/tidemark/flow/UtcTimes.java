package io.tidemark.flow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads times of the form that protojson writes, {@code 2026-09-15T16:20:01.123456789Z} with any
 * fraction of up to nine digits or none. Days and months are worked out once a minute: what is
 * remembered is the minute of the time before.
 */
final class UtcTimes {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** As far as {@code 2026-09-15T16:20}. */
  private static final int MINUTE = 16;

  private static final int SECOND = MINUTE + 1;
  private static final int FRACTION = SECOND + 2;
  private static final int MAX_LENGTH = FRACTION + 1 + 9 + 1;

  private int lastFrom;
  private int lastTo;
  private long lastTime;
  private long firstHalf;
  private long secondHalf;
  private long minute = EventTime.NONE;

  /** Begins a record: the array may be the last one's, filled anew. */
  void restart() {
    lastFrom = 0;
    lastTo = 0;
  }

  /** The time in milliseconds, {@link EventTime#NONE} for anything else. */
  long read(byte[] b, int from, int to) {
    // An envelope repeats the time of what is in it.
    if (!Arrays.equals(b, lastFrom, lastTo, b, from, to)) {
      lastTime = parse(b, from, to);
      lastFrom = from;
      lastTo = to;
    }
    return lastTime;
  }

  private long parse(byte[] b, int from, int to) {
    int length = to - from;
    if (length <= FRACTION || length > MAX_LENGTH || b[to - 1] != 'Z' || b[from + MINUTE] != ':') {
      return EventTime.NONE;
    }
    int tens = b[from + SECOND] - '0';
    int ones = b[from + SECOND + 1] - '0';
    int millis = length == FRACTION + 1 ? 0 : millis(b, from + FRACTION, to - 1);
    if (tens < 0 || tens > 5 || ones < 0 || ones > 9 || millis < 0) {
      return EventTime.NONE;
    }
    long first = (long) LONGS.get(b, from);
    long second = (long) LONGS.get(b, from + Long.BYTES);
    if (first != firstHalf || second != secondHalf || minute == EventTime.NONE) {
      minute = minute(b, from);
      firstHalf = first;
      secondHalf = second;
    }
    return minute == EventTime.NONE ? minute : minute + (tens * 10 + ones) * 1000L + millis;
  }

  private static long minute(byte[] b, int from) {
    char[] text = new char[FRACTION + 1];
    for (int i = 0; i <= MINUTE; i++) {
      text[i] = (char) b[from + i];
    }
    text[SECOND] = '0';
    text[SECOND + 1] = '0';
    text[FRACTION] = 'Z';
    return EventTime.parse(text, 0, text.length);
  }

  /** A point and one to nine digits as milliseconds, -1 for anything else. */
  private static int millis(byte[] b, int from, int to) {
    if (b[from] != '.' || to - from < 2) {
      return -1;
    }
    int millis = 0;
    for (int i = from + 1; i < to; i++) {
      int digit = b[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      if (i <= from + 3) {
        millis = millis * 10 + digit;
      }
    }
    for (int digits = to - from - 1; digits < 3; digits++) {
      millis *= 10;
    }
    return millis;
  }
}
