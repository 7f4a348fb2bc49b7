package io.tidemark.alert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidemark.detect.Signal.Contribution;
import io.tidemark.detect.Signal.Evidence;
import io.tidemark.detect.Signal.Measure;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.window.Coordinates;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Reads what {@link AlertJson} wrote. A node knows its path, so that every error names its place.
 */
record AlertReader(JsonNode json, String path) {

  /** Characters of a line; far beyond what an alert of bounded content can have. */
  static final int LONGEST = 1 << 20;

  private static final int MOST_ENTRIES = 1000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(8)
                          .maxNumberLength(400)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static Alert read(String line) {
    if (line.length() > LONGEST) {
      throw new IllegalArgumentException(
          "alert: longer than " + LONGEST + " characters: " + line.length());
    }
    JsonNode json;
    try {
      json = MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("alert: not JSON: " + shown(e.getOriginalMessage()), e);
    }
    if (!json.isObject()) {
      throw new IllegalArgumentException("alert: not a JSON object: " + shown(line));
    }
    return new AlertReader(json, "alert").alert();
  }

  private Alert alert() {
    AlertReader workload = at("workload");
    return new Alert(
        text("id"),
        text("detector"),
        integer("detectorVersion"),
        oneOf("status", Status.class),
        oneOf("severity", Severity.class),
        number("score"),
        all("contributions", AlertReader::contribution),
        source(),
        new Workload(workload.text("cluster"), workload.text("namespace"), workload.text("name")),
        workload.text("kind"),
        text("subjectKind"),
        text("subject"),
        time("windowStart"),
        time("windowEnd"),
        integer("windows"),
        text("summary"),
        all("silencedBy", AlertReader::sentence),
        all("measures", AlertReader::measure),
        all("evidence", AlertReader::evidence),
        json.path("technique").isObject() ? at("technique").technique() : null);
  }

  private Contribution contribution() {
    return new Contribution(text("name"), number("points"), text("detail"));
  }

  private Measure measure() {
    return new Measure(
        text("name"),
        text("unit"),
        number("observed"),
        number("p05"),
        number("p50"),
        number("p95"),
        whole("samples"),
        time("learnedSince"));
  }

  private Evidence evidence() {
    return new Evidence(
        text("peer"),
        integer("port"),
        text("protocol"),
        text("detail"),
        whole("connections"),
        whole("denied"),
        json.has("records") ? whole("records") : 0,
        json.has("coordinates") ? all("coordinates", AlertReader::coordinates) : List.of());
  }

  private Coordinates coordinates() {
    return new Coordinates(text("input"), integer("partition"), whole("first"), whole("last"));
  }

  private Technique technique() {
    return new Technique(text("id"), text("name"), text("tactic"));
  }

  private Source source() {
    String id = text("source");
    return Source.of(id).orElseThrow(() -> at("source").not("a source"));
  }

  private String sentence() {
    if (!json.isTextual()) {
      throw not("text");
    }
    return json.textValue();
  }

  private String text(String name) {
    return at(name).sentence();
  }

  private double number(String name) {
    AlertReader at = at(name);
    if (at.json.isNull()) {
      return Double.NaN;
    }
    if (!at.json.isNumber()) {
      throw at.not("a number");
    }
    return at.json.doubleValue();
  }

  private long whole(String name) {
    AlertReader at = at(name);
    if (!at.json.isIntegralNumber() || !at.json.canConvertToLong()) {
      throw at.not("a whole number");
    }
    return at.json.longValue();
  }

  private int integer(String name) {
    long value = whole(name);
    if (value != (int) value) {
      throw at(name).not("a whole number of 32 bits");
    }
    return (int) value;
  }

  private long time(String name) {
    try {
      return Instant.parse(text(name)).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      IllegalArgumentException bad = at(name).not("an ISO 8601 time");
      bad.initCause(e);
      throw bad;
    }
  }

  private <E extends Enum<E>> E oneOf(String name, Class<E> type) {
    String text = text(name);
    for (E value : type.getEnumConstants()) {
      if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
        return value;
      }
    }
    throw at(name).not("a " + name);
  }

  private <T> List<T> all(String name, Function<AlertReader, T> read) {
    AlertReader list = at(name);
    if (!list.json.isArray()) {
      throw list.not("a list");
    }
    if (list.json.size() > MOST_ENTRIES) {
      throw new IllegalArgumentException(
          list.path + ": more than " + MOST_ENTRIES + " entries: " + list.json.size());
    }
    List<T> values = new ArrayList<>();
    for (int i = 0; i < list.json.size(); i++) {
      values.add(read.apply(new AlertReader(list.json.get(i), list.path + '[' + i + ']')));
    }
    return values;
  }

  private AlertReader at(String name) {
    JsonNode child = json.get(name);
    if (child == null) {
      throw new IllegalArgumentException(path + '.' + name + ": missing");
    }
    return new AlertReader(child, path + '.' + name);
  }

  private IllegalArgumentException not(String what) {
    return new IllegalArgumentException(path + ": not " + what + ": " + shown(json.toString()));
  }

  private static String shown(String text) {
    String start = Printable.bounded(text, 80);
    return Printable.of(start) + (start.length() < text.length() ? "..." : "");
  }
}
