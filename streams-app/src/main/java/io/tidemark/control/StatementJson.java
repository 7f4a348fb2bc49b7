package io.tidemark.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * A statement as one line of JSON. Fields come in a fixed order, what is not said is left out,
 * times are ISO 8601 in UTC, and only ASCII is written, so that no terminal acts on what somebody
 * put into a reason.
 */
public final class StatementJson {

  private static final JsonFactory WRITING =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final JsonMapper READING =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(4).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final int LONGEST_LINE = 64 * 1024;

  private StatementJson() {}

  /** One line without its end. */
  public static String write(Statement statement) {
    return write(statement, null);
  }

  /** The same with where it stands, which {@link #read} passes over. */
  public static String write(Entry entry, long time) {
    return write(entry.statement(), entry.standing(time).name().toLowerCase(java.util.Locale.ROOT));
  }

  /**
   * Reads what {@link #write} wrote; fields it does not know are passed over. Without {@code
   * written} a statement counts as written before all data.
   *
   * @throws IllegalArgumentException naming the field if it is not a statement
   */
  public static Statement read(String line) {
    if (line.length() > LONGEST_LINE) {
      throw new IllegalArgumentException("longer than " + LONGEST_LINE + " characters");
    }
    JsonNode json;
    try {
      json = READING.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
    if (!json.isObject()) {
      throw new IllegalArgumentException("not a JSON object");
    }
    String kind = required(json, "kind");
    return new Statement(
        required(json, "id"),
        Kind.of(kind).orElseThrow(() -> new IllegalArgumentException("kind: unknown: " + kind)),
        new Selection(
            text(json, "workload", null),
            text(json, "detector", null),
            text(json, "subject", null),
            text(json, "alertId", null)),
        text(json, "verdict", ""),
        time(json, "from", Statement.ALWAYS),
        time(json, "until", Statement.FOR_EVER),
        text(json, "reason", ""),
        text(json, "author", ""),
        time(json, "written", Statement.ALWAYS));
  }

  private static String write(Statement statement, String standing) {
    StringWriter line = new StringWriter(256);
    try (JsonGenerator json = WRITING.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("id", statement.id());
      json.writeStringField("kind", statement.kind().id());
      Selection selection = statement.selection();
      text(json, "workload", selection.workload());
      text(json, "detector", selection.detector());
      text(json, "subject", selection.subject());
      text(json, "alertId", selection.alertId());
      text(json, "verdict", statement.verdict());
      time(json, "from", statement.from());
      time(json, "until", statement.until());
      text(json, "reason", statement.reason());
      text(json, "author", statement.author());
      time(json, "written", statement.written());
      text(json, "standing", standing);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toString();
  }

  private static void text(JsonGenerator json, String name, String value) throws IOException {
    if (value != null && !value.isEmpty()) {
      json.writeStringField(name, value);
    }
  }

  private static void time(JsonGenerator json, String name, long millis) throws IOException {
    if (millis != Statement.ALWAYS && millis != Statement.FOR_EVER) {
      json.writeStringField(name, Instant.ofEpochMilli(millis).toString());
    }
  }

  private static String required(JsonNode json, String name) {
    String value = text(json, name, null);
    if (value == null) {
      throw new IllegalArgumentException(name + ": missing");
    }
    return value;
  }

  private static String text(JsonNode json, String name, String otherwise) {
    JsonNode value = json.get(name);
    if (value == null || value.isNull()) {
      return otherwise;
    }
    if (!value.isTextual()) {
      throw new IllegalArgumentException(name + ": not text: " + value);
    }
    return value.textValue();
  }

  private static long time(JsonNode json, String name, long otherwise) {
    String value = text(json, name, null);
    if (value == null) {
      return otherwise;
    }
    try {
      return Instant.parse(value).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(name + ": not an ISO 8601 time: " + value, e);
    }
  }
}
