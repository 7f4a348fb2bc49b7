package io.tidemark.flow;

/**
 * Times as the sources write them, in milliseconds since the epoch. Covers RFC 3339 with any number
 * of fraction digits (protojson writes 0, 3, 6 or 9) and offsets without a colon, as zap's
 * ISO8601TimeEncoder writes them ({@code +0530}).
 */
final class EventTime {

  /** No time, or text that is none. */
  static final long NONE = FlowParser.NO_TIME;

  /** 9999-12-31T23:59:59.999Z, the last a protobuf Timestamp can hold. */
  static final long MAX = 253_402_300_799_999L;

  private static final int[] DAYS_BEFORE_MONTH = {
    0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334
  };
  private static final int[] DAYS_IN_MONTH = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private EventTime() {}

  static long parse(String text) {
    return parse(text.toCharArray(), 0, text.length());
  }

  /** As {@link #parse(String)}; text without an offset is taken as UTC. */
  static long parseUtcByDefault(String text) {
    long time = parse(text);
    return time == NONE ? parse(text + "Z") : time;
  }

  /**
   * A number of seconds since the epoch as milliseconds, {@link #NONE} outside 0 to {@link #MAX}.
   */
  static long ofSeconds(double seconds) {
    return seconds >= 0 && seconds * 1000 <= MAX ? (long) Math.floor(seconds * 1000) : NONE;
  }

  /** The time, cut to milliseconds; {@link #NONE} for anything else or before 1970. */
  static long parse(char[] c, int offset, int length) {
    if (length < 20 || length > 64) {
      return NONE;
    }
    int year = number(c, offset, 4);
    int month = number(c, offset + 5, 2);
    int day = number(c, offset + 8, 2);
    int hour = number(c, offset + 11, 2);
    int minute = number(c, offset + 14, 2);
    int second = number(c, offset + 17, 2);
    boolean separated =
        c[offset + 4] == '-'
            && c[offset + 7] == '-'
            && (c[offset + 10] | 0x20) == 't'
            && c[offset + 13] == ':'
            && c[offset + 16] == ':';
    if (!separated || !inRange(year, month, day) || !inRange(hour, minute, second, 60)) {
      return NONE;
    }
    int end = offset + length;
    int i = offset + 19;
    int millis = 0;
    if (c[i] == '.') {
      int first = ++i;
      for (; i < end && c[i] >= '0' && c[i] <= '9'; i++) {
        if (i - first < 3) {
          millis = millis * 10 + (c[i] - '0');
        }
      }
      if (i == first) {
        return NONE;
      }
      for (int digits = i - first; digits < 3; digits++) {
        millis *= 10;
      }
    }
    long offsetMinutes = offsetMinutes(c, i, end);
    if (offsetMinutes == NONE) {
      return NONE;
    }
    long minutes = (daysSinceEpoch(year, month, day) * 24 + hour) * 60 + minute - offsetMinutes;
    long time = (minutes * 60 + second) * 1000 + millis;
    return time >= 0 && time <= MAX ? time : NONE;
  }

  private static boolean inRange(int year, int month, int day) {
    return year >= 0
        && month >= 1
        && month <= 12
        && day >= 1
        && day <= DAYS_IN_MONTH[month - 1]
        && !(month == 2 && day == 29 && !leap(year));
  }

  private static boolean inRange(int hour, int minute, int second, int maxSecond) {
    return hour >= 0
        && hour <= 23
        && minute >= 0
        && minute <= 59
        && second >= 0
        && second <= maxSecond;
  }

  private static boolean leap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  private static long daysSinceEpoch(int year, int month, int day) {
    int y = year - 1;
    long leapDays = (long) y / 4 - y / 100 + y / 400 - 477;
    int thisYear = DAYS_BEFORE_MONTH[month - 1] + day - 1 + (month > 2 && leap(year) ? 1 : 0);
    return (year - 1970) * 365L + leapDays + thisYear;
  }

  /** Offset from UTC: {@code Z}, {@code +05:30}, {@code +0530} or {@code +05}. */
  private static long offsetMinutes(char[] c, int i, int end) {
    int length = end - i;
    if (length == 1 && (c[i] | 0x20) == 'z') {
      return 0;
    }
    if (length < 3 || (c[i] != '+' && c[i] != '-')) {
      return NONE;
    }
    int hours = number(c, i + 1, 2);
    int minutes = 0;
    if (length == 6 && c[i + 3] == ':') {
      minutes = number(c, i + 4, 2);
    } else if (length == 5) {
      minutes = number(c, i + 3, 2);
    } else if (length != 3) {
      return NONE;
    }
    if (!inRange(hours, minutes, 0, 0)) {
      return NONE;
    }
    return c[i] == '-' ? -(hours * 60L + minutes) : hours * 60L + minutes;
  }

  private static int number(char[] c, int from, int digits) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      if (c[i] < '0' || c[i] > '9') {
        return -1;
      }
      value = value * 10 + (c[i] - '0');
    }
    return value;
  }
}
