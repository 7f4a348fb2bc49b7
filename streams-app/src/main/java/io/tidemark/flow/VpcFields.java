package io.tidemark.flow;

/**
 * One VPC flow log line at a time, split at runs of white space; {@code -} means missing in any
 * field. From a word that begins with {@code #} on it is a comment: inside values AWS
 * percent-encodes that sign.
 */
final class VpcFields {

  private final TextCache cache = new TextCache();
  private final int[] starts = new int[VpcFormat.MAX_FIELDS + 1];
  private final int[] ends = new int[VpcFormat.MAX_FIELDS + 1];
  private char[] line = {};
  private int count;
  private VpcFormat format = VpcFormat.DEFAULT;

  /** Takes a line, as one of version 2 until {@link #readAs} says otherwise. */
  void split(String text) {
    int length = text.length();
    if (line.length < length) {
      line = new char[length];
    }
    text.getChars(0, length, line, 0);
    count = 0;
    format = VpcFormat.DEFAULT;
    int i = 0;
    while (count <= VpcFormat.MAX_FIELDS) {
      while (i < length && line[i] <= ' ') {
        i++;
      }
      if (i == length || line[i] == '#') {
        return;
      }
      starts[count] = i;
      while (i < length && line[i] > ' ') {
        i++;
      }
      ends[count++] = i;
    }
  }

  /** Number of fields, at most one more than {@link VpcFormat#MAX_FIELDS}. */
  int count() {
    return count;
  }

  private String word(int index) {
    return cache.get(line, starts[index], ends[index] - starts[index]);
  }

  /** Whether this can only be the default format, whose version is its first field. */
  boolean looksDefault() {
    return count == VpcFormat.DEFAULT.size() && word(0).equals("2");
  }

  void readAs(VpcFormat order) {
    format = order;
  }

  /** A field's text, {@code null} when it is missing or not part of the format. */
  String text(VpcFormat.Field field) {
    int column = column(field);
    return column < 0 ? null : word(column);
  }

  /** Where a field stands, -1 when it is missing or not part of the format. */
  private int column(VpcFormat.Field field) {
    int column = format.column(field);
    if (column < 0 || column >= count) {
      return -1;
    }
    int start = starts[column];
    return ends[column] - start == 1 && line[start] == '-' ? -1 : column;
  }

  private long digits(int column) {
    return JsonFields.digits(line, starts[column], ends[column] - starts[column]);
  }

  /** As {@link #text}, at most 64 characters. */
  String name(VpcFormat.Field field, String absent) throws Rejection {
    String text = text(field);
    if (text != null && text.length() > 64) {
      throw Rejection.field(field.id(), "longer than 64 characters", text);
    }
    return text == null ? absent : text;
  }

  /** A whole number from 0 to {@code max}, -1 when missing. */
  long number(VpcFormat.Field field, long max) throws Rejection {
    int column = column(field);
    if (column < 0) {
      return -1;
    }
    long value = digits(column);
    if (value < 0 || value > max) {
      throw Rejection.field(field.id(), "not a whole number from 0 to " + max, word(column));
    }
    return value;
  }

  int port(VpcFormat.Field field) throws Rejection {
    return (int) Math.max(number(field, 0xffff), 0);
  }

  /** Seconds as milliseconds, {@link EventTime#NONE} when missing. */
  long time(VpcFormat.Field field) throws Rejection {
    int column = column(field);
    if (column < 0) {
      return EventTime.NONE;
    }
    long seconds = digits(column);
    if (seconds < 0 || seconds > EventTime.MAX / 1000) {
      throw Rejection.time(field.id(), word(column));
    }
    return seconds * 1000;
  }

  /** The packet's address if the format has it: the other one is the interface's own. */
  String address(VpcFormat.Field packet, VpcFormat.Field plain) throws Rejection {
    VpcFormat.Field field = column(packet) >= 0 ? packet : plain;
    String text = text(field);
    if (text == null) {
      return null;
    }
    String canonical = IpText.canonical(text);
    if (canonical == null) {
      throw Rejection.field(field.id(), "not an IP address", text);
    }
    return canonical;
  }
}
