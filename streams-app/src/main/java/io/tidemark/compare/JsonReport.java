package io.tidemark.compare;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.Times;
import io.tidemark.compare.Difference.Change;
import io.tidemark.compare.Difference.Kind;
import io.tidemark.flow.Workload;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * A comparison as one line of JSON for programs: fields in a fixed order, always complete.
 * Documented in {@code docs/diff.md}.
 */
public final class JsonReport {

  private JsonReport() {}

  /** One line without its end. */
  public static String of(Comparison comparison) {
    StringWriter text = new StringWriter(4096);
    try (JsonGenerator json = AlertJson.generator(text)) {
      json.writeStartObject();
      json.writeBooleanField("same", comparison.isSame());
      Count total = comparison.budget().total();
      run(json, "old", comparison.old(), total.old());
      run(json, "new", comparison.now(), total.now());
      json.writeObjectFieldStart("counts");
      json.writeNumberField("alike", comparison.same());
      for (Kind kind : Kind.values()) {
        json.writeNumberField(kind.id(), comparison.count(kind));
      }
      json.writeEndObject();
      budget(json, comparison.budget());
      json.writeArrayFieldStart("differences");
      for (Group group : comparison.groups()) {
        for (Difference difference : group.differences()) {
          difference(json, difference);
        }
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void run(JsonGenerator json, String field, String name, long alerts)
      throws IOException {
    json.writeObjectFieldStart(field);
    json.writeStringField("name", name);
    json.writeNumberField("alerts", alerts);
    json.writeEndObject();
  }

  private static void budget(JsonGenerator json, Budget budget) throws IOException {
    json.writeObjectFieldStart("budget");
    number(json, "perWorkloadAndDay", budget.perWorkloadAndDay());
    json.writeNumberField("workloads", budget.workloads());
    json.writeBooleanField("workloadsGiven", budget.given());
    number(json, "perDay", budget.perDay());
    json.writeNumberField("days", budget.days().size());
    json.writeBooleanField("daysGiven", budget.bounded());
    json.writeObjectFieldStart("daysOver");
    json.writeNumberField("old", budget.over().old());
    json.writeNumberField("new", budget.over().now());
    json.writeEndObject();
    json.writeEndObject();
    json.writeArrayFieldStart("days");
    for (Budget.Day day : budget.days()) {
      json.writeStartObject();
      json.writeStringField("date", day.date().toString());
      json.writeObjectFieldStart("detectors");
      for (Map.Entry<String, Count> each : day.detectors().entrySet()) {
        json.writeObjectFieldStart(each.getKey());
        json.writeNumberField("old", each.getValue().old());
        json.writeNumberField("new", each.getValue().now());
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void difference(JsonGenerator json, Difference difference) throws IOException {
    Alert either = difference.either();
    Workload workload = either.workload();
    json.writeStartObject();
    json.writeStringField("kind", difference.kind().id());
    json.writeStringField("detector", either.detector());
    json.writeObjectFieldStart("workload");
    json.writeStringField("cluster", workload.cluster());
    json.writeStringField("namespace", workload.namespace());
    json.writeStringField("name", workload.name());
    json.writeEndObject();
    json.writeStringField("source", either.source().id());
    json.writeStringField("subjectKind", either.subjectKind());
    json.writeStringField("subject", either.subject());
    alert(json, "old", difference.old());
    alert(json, "new", difference.now());
    json.writeArrayFieldStart("changes");
    for (Change change : difference.changes()) {
      json.writeStartObject();
      json.writeStringField("field", change.field());
      json.writeStringField("from", change.from());
      json.writeStringField("to", change.to());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("reasons");
    for (String reason : difference.reasons()) {
      json.writeString(reason);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void alert(JsonGenerator json, String field, Alert alert) throws IOException {
    if (alert == null) {
      json.writeNullField(field);
      return;
    }
    json.writeObjectFieldStart(field);
    json.writeStringField("id", alert.id());
    json.writeNumberField("detectorVersion", alert.detectorVersion());
    json.writeStringField("status", alert.status().id());
    json.writeStringField("severity", alert.severity().id());
    number(json, "score", alert.score());
    json.writeStringField("windowStart", Times.iso(alert.windowStart()));
    json.writeStringField("windowEnd", Times.iso(alert.windowEnd()));
    json.writeNumberField("windows", alert.windows());
    json.writeStringField("summary", alert.summary());
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, String name, double value) throws IOException {
    json.writeFieldName(name);
    json.writeNumber(AlertJson.number(value));
  }
}
