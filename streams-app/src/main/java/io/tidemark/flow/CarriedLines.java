package io.tidemark.flow;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Gets at the log lines of one raw record, whatever carries them: nothing, a CRI prefix, a
 * shipper's JSON object, a CloudWatch subscription envelope, or several of these one after another
 * with or without line ends between them (Firehose packs JSON objects without).
 */
final class CarriedLines {

  /** Most lines taken from one raw record. */
  static final int MAX_LINES = 20_000;

  /** An envelope, and in it one shipper's object. */
  private static final int MAX_DEPTH = 2;

  /** What a source's lines look like. */
  interface Format {

    /** Parses a line of text. {@code time} is what the carrier says of it. */
    Parsed text(String line, long time);

    /** Begins a JSON object that may be a line of this source or carry one. */
    JsonLine object();
  }

  /** One JSON object while it is being read. */
  interface JsonLine {

    /** Keeps the value of a field of this source; false, with the value unread, for others. */
    boolean field(String name, JsonParser p) throws IOException;

    /**
     * The object as a line of this source, {@code null} if it is none.
     *
     * @param time the object's own time, else the carrier's
     * @param badTime a time field that cannot be read, {@code null} if all can
     */
    Parsed finish(long time, String badTime) throws Rejection;

    /** What to make of an object that is no line and carries none. */
    Parsed unknown(boolean carried);
  }

  private final Format format;
  private final int maxBytes;

  CarriedLines(Format format, int maxBytes) {
    this.format = format;
    this.maxBytes = maxBytes;
  }

  Parsed parse(byte[] value, long recordTime) {
    Parsed refused = RawRecord.refused(value, maxBytes);
    if (refused != null) {
      return refused;
    }
    Parts parts = new Parts();
    read(value, recordTime, 0, parts);
    return parts.toParsed();
  }

  /** The lines found so far. */
  private static final class Parts {
    private final List<Parsed> list = new ArrayList<>(1);
    private boolean envelope;

    void add(Parsed parsed) {
      if (list.size() < MAX_LINES) {
        list.add(parsed);
      } else if (list.size() == MAX_LINES) {
        list.add(Rejection.tooLarge("record", "more than " + MAX_LINES + " lines").toBad());
      }
    }

    boolean isFull() {
      return list.size() > MAX_LINES;
    }

    Parsed toParsed() {
      return list.size() == 1 && !envelope ? list.get(0) : new Parsed.Many(List.copyOf(list));
    }
  }

  private void read(byte[] bytes, long time, int depth, Parts parts) {
    int start = RawRecord.contentStart(bytes);
    if (start == bytes.length) {
      parts.add(new Parsed.Skipped("blank"));
      return;
    }
    if (bytes[start] == '{') {
      readJson(bytes, start, time, depth, parts);
      return;
    }
    int end = lineEnd(bytes, start);
    if (blank(bytes, end)) {
      readLine(bytes, start, time, depth, parts);
      return;
    }
    for (int from = start; from < bytes.length && !parts.isFull(); from = end + 1) {
      end = lineEnd(bytes, from);
      if (!blank(bytes, from, end)) {
        byte[] line = java.util.Arrays.copyOfRange(bytes, from, end);
        readLine(line, RawRecord.contentStart(line), time, depth, parts);
      }
    }
  }

  private static int lineEnd(byte[] bytes, int from) {
    int i = from;
    while (i < bytes.length && bytes[i] != '\n') {
      i++;
    }
    return i;
  }

  private static boolean blank(byte[] bytes, int from) {
    return blank(bytes, from, bytes.length);
  }

  private static boolean blank(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] > ' ' || bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private void readLine(byte[] line, int start, long time, int depth, Parts parts) {
    Unwrap.Cri cri = Unwrap.cri(line, start);
    long lineTime = cri.time() == EventTime.NONE ? time : cri.time();
    int from = cri.start();
    if (from < line.length && line[from] == '{') {
      readJson(line, from, lineTime, depth, parts);
    } else {
      String text = new String(line, from, line.length - from, StandardCharsets.UTF_8);
      parts.add(format.text(text.strip(), lineTime));
    }
  }

  private void readJson(byte[] bytes, int start, long time, int depth, Parts parts) {
    try (JsonParser p = JsonFields.open(bytes, start)) {
      while (p.nextToken() != null && !parts.isFull()) {
        if (p.currentToken() != JsonToken.START_OBJECT) {
          parts.add(Rejection.syntax("record", "not a JSON object").toBad());
          return;
        }
        readObject(p, time, depth, parts);
      }
    } catch (IOException e) {
      parts.add(JsonFields.bad(e));
    }
  }

  /** What one JSON object carries beside its own fields. */
  private static final class Carrier {
    private long time = EventTime.NONE;
    private String badTime;
    private String messageType = "";
    private List<LogEvent> events;
    private String text;
    private Parts nested;
  }

  /** One event of a CloudWatch subscription envelope. */
  private record LogEvent(long time, String message) {}

  private void readObject(JsonParser p, long time, int depth, Parts parts) throws IOException {
    JsonLine line = format.object();
    Carrier carrier = new Carrier();
    while (p.nextToken() == JsonToken.FIELD_NAME) {
      String name = p.currentName();
      p.nextToken();
      if (!line.field(name, p)) {
        readCarrierField(name, p, carrier, time, depth);
      }
    }
    long lineTime = carrier.time == EventTime.NONE ? time : carrier.time;
    if (carrier.events != null || carrier.messageType.equals("CONTROL_MESSAGE")) {
      readEvents(carrier, time, depth, parts);
      return;
    }
    Parsed own;
    try {
      own = line.finish(lineTime, carrier.badTime);
    } catch (Rejection e) {
      own = e.toBad();
    }
    if (own != null) {
      parts.add(own);
    } else if (carrier.text != null && depth < MAX_DEPTH) {
      read(carrier.text.getBytes(StandardCharsets.UTF_8), lineTime, depth + 1, parts);
    } else if (carrier.nested != null) {
      carrier.nested.list.forEach(parts::add);
    } else {
      parts.add(line.unknown(depth > 0));
    }
  }

  private void readCarrierField(String name, JsonParser p, Carrier carrier, long time, int depth)
      throws IOException {
    JsonToken token = p.currentToken();
    switch (name) {
      case "ts", "timestamp", "time", "@timestamp" -> readTime(p, carrier);
      case "messageType" -> carrier.messageType = token.isScalarValue() ? p.getText() : "";
      case "logEvents" -> {
        if (token == JsonToken.START_ARRAY) {
          carrier.events = readLogEvents(p);
        }
      }
      default -> {
        if (Unwrap.isCarrierField(name) && token == JsonToken.VALUE_STRING) {
          carrier.text = p.getText();
          return;
        }
        boolean mayCarry = Unwrap.isCarrierField(name) && token == JsonToken.START_OBJECT;
        if (mayCarry && depth < MAX_DEPTH && carrier.nested == null) {
          carrier.nested = new Parts();
          readObject(p, time, depth + 1, carrier.nested);
          return;
        }
      }
    }
    p.skipChildren();
  }

  private static void readTime(JsonParser p, Carrier carrier) throws IOException {
    long time = timeOf(p);
    if (time != EventTime.NONE) {
      carrier.time = carrier.time == EventTime.NONE ? time : carrier.time;
    } else if (p.currentToken().isScalarValue() && p.currentToken() != JsonToken.VALUE_NULL) {
      carrier.badTime = p.getText();
    }
  }

  /** ISO text, or a number of seconds, or of milliseconds where seconds would lie beyond 5138. */
  private static long timeOf(JsonParser p) throws IOException {
    return switch (p.currentToken()) {
      case VALUE_STRING -> EventTime.parse(p.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        double number = p.getDoubleValue();
        yield EventTime.ofSeconds(number >= 1e11 ? number / 1000 : number);
      }
      default -> EventTime.NONE;
    };
  }

  private List<LogEvent> readLogEvents(JsonParser p) throws IOException {
    List<LogEvent> events = new ArrayList<>();
    while (p.nextToken() != JsonToken.END_ARRAY) {
      if (p.currentToken() != JsonToken.START_OBJECT || events.size() > MAX_LINES) {
        p.skipChildren();
        continue;
      }
      long time = EventTime.NONE;
      String message = "";
      for (String name; (name = p.nextFieldName()) != null; ) {
        JsonToken token = p.nextToken();
        if (name.equals("timestamp")) {
          time = timeOf(p);
        } else if (name.equals("message") && token == JsonToken.VALUE_STRING) {
          message = p.getText();
        }
        p.skipChildren();
      }
      events.add(new LogEvent(time, message));
    }
    return events;
  }

  private void readEvents(Carrier carrier, long time, int depth, Parts parts) {
    if (carrier.messageType.equals("CONTROL_MESSAGE")) {
      parts.add(new Parsed.Skipped("CONTROL_MESSAGE"));
    } else if (carrier.events.isEmpty()) {
      parts.add(new Parsed.Skipped("no log events"));
    } else {
      parts.envelope = true;
      for (LogEvent event : carrier.events) {
        long eventTime = event.time == EventTime.NONE ? time : event.time;
        if (depth < MAX_DEPTH) {
          read(event.message.getBytes(StandardCharsets.UTF_8), eventTime, depth + 1, parts);
        } else {
          parts.add(new Parsed.Skipped("nested too deep"));
        }
      }
    }
  }
}
