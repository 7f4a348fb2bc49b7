package io.tidemark.alert;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.detect.Normal;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** What is normal as JSON, in the forms of {@link AlertJson}: the same value, the same bytes. */
public final class NormalJson {

  private NormalJson() {}

  /** One line without its end. */
  public static String write(Normal normal) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator json = AlertJson.generator(text)) {
      write(json, normal);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** As an object. */
  public static void write(JsonGenerator json, Normal normal) throws IOException {
    json.writeStartObject();
    json.writeStringField("sentence", normal.sentence());
    json.writeStringField("since", Times.iso(normal.since()));
    json.writeStringField("moved", Times.iso(normal.moved()));
    json.writeArrayFieldStart("values");
    for (Normal.Value value : normal.values()) {
      json.writeStartObject();
      json.writeStringField("name", value.name());
      json.writeStringField("unit", value.unit());
      if (Double.isNaN(value.amount())) {
        AlertJson.number(json, "p05", value.p05());
        AlertJson.number(json, "p50", value.p50());
        AlertJson.number(json, "p95", value.p95());
      } else {
        AlertJson.number(json, "amount", value.amount());
      }
      json.writeNumberField("samples", value.samples());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
