package io.tidemark.evaluate;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.Times;
import io.tidemark.evaluate.Evaluation.Verdict;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The report as one line of JSON for programs: fields in a fixed order, always complete, what is
 * undefined {@code null}. Documented in {@code docs/evaluate.md}.
 */
public final class JsonReport {

  private JsonReport() {}

  /** One line without its end. */
  public static String of(Report report) {
    StringWriter text = new StringWriter(4096);
    Evaluation evaluation = report.tidemark();
    try (JsonGenerator json = AlertJson.generator(text)) {
      json.writeStartObject();
      history(json, evaluation.exposure());
      json.writeObjectFieldStart("rules");
      seconds(json, "toleranceSeconds", (double) report.rules().tolerance());
      json.writeStringField("minSeverity", report.rules().least().id());
      json.writeEndObject();
      json.writeFieldName("all");
      score(json, evaluation.score());
      json.writeObjectFieldStart("detectors");
      for (String detector : report.detectors()) {
        json.writeFieldName(detector);
        score(json, evaluation.score(detector));
      }
      json.writeEndObject();
      kinds(json, evaluation);
      rivals(json, report.rivals());
      json.writeArrayFieldStart("events");
      for (Outcome outcome : evaluation.outcomes()) {
        outcome(json, outcome);
      }
      json.writeEndArray();
      claims(json, "falseAlerts", evaluation.claims(Verdict.WRONG));
      claims(json, "elsewhereAlerts", evaluation.claims(Verdict.ELSEWHERE));
      claims(json, "rightAlerts", evaluation.claims(Verdict.RIGHT));
      gates(json, report.gates());
      json.writeArrayFieldStart("notes");
      for (String note : report.notes()) {
        json.writeString(note);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void history(JsonGenerator json, Exposure exposure) throws IOException {
    json.writeObjectFieldStart("history");
    time(json, "first", exposure.isEmpty() ? null : exposure.first());
    time(json, "last", exposure.isEmpty() ? null : exposure.last());
    json.writeNumberField("workloads", exposure.workloads());
    AlertJson.number(json, "workloadDays", exposure.workloadDays());
    json.writeEndObject();
  }

  private static void score(JsonGenerator json, Score score) throws IOException {
    json.writeStartObject();
    found(json, score);
    json.writeNumberField("right", score.right());
    json.writeNumberField("elsewhere", score.elsewhere());
    json.writeNumberField("false", score.wrong());
    json.writeNumberField("informational", score.minor());
    AlertJson.number(json, "falsePerWorkloadDay", score.wrongPerDay());
    AlertJson.number(json, "precision", score.precision());
    AlertJson.number(json, "f1", score.f1());
    json.writeEndObject();
  }

  private static void found(JsonGenerator json, Score score) throws IOException {
    json.writeNumberField("events", score.events());
    json.writeNumberField("found", score.found());
    json.writeNumberField("missed", score.missed());
    AlertJson.number(json, "recall", score.recall());
    seconds(json, "medianDelaySeconds", score.medianDelay());
    seconds(json, "maxDelaySeconds", score.longestDelay());
  }

  private static void kinds(JsonGenerator json, Evaluation evaluation) throws IOException {
    json.writeObjectFieldStart("kinds");
    for (String kind : evaluation.kinds()) {
      json.writeObjectFieldStart(kind);
      found(json, evaluation.kind(kind));
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void rivals(JsonGenerator json, List<Report.RivalResult> rivals)
      throws IOException {
    json.writeObjectFieldStart("rivals");
    for (Report.RivalResult rival : rivals) {
      json.writeObjectFieldStart(rival.name());
      json.writeStringField("rule", rival.rule());
      json.writeFieldName("all");
      score(json, rival.evaluation().score());
      kinds(json, rival.evaluation());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void outcome(JsonGenerator json, Outcome outcome) throws IOException {
    Event event = outcome.event();
    json.writeStartObject();
    json.writeStringField("id", event.id());
    json.writeStringField("kind", event.kind());
    time(json, "start", event.start());
    time(json, "end", event.end());
    json.writeArrayFieldStart("parties");
    for (EventParty party : event.parties()) {
      json.writeString(party.toString());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("detectors");
    for (String detector : event.detectors()) {
      json.writeString(detector);
    }
    json.writeEndArray();
    json.writeBooleanField("found", outcome.found());
    seconds(json, "delaySeconds", outcome.found() ? (double) outcome.delay() : Double.NaN);
    json.writeBooleanField("openBefore", outcome.openBefore());
    ids(json, "foundBy", outcome.finders());
    ids(json, "elsewhere", outcome.elsewhere());
    ids(json, "informational", outcome.minor());
    json.writeEndObject();
  }

  private static void ids(JsonGenerator json, String field, List<Claim> claims) throws IOException {
    json.writeArrayFieldStart(field);
    for (Claim claim : claims) {
      json.writeString(claim.id());
    }
    json.writeEndArray();
  }

  private static void claims(JsonGenerator json, String field, List<Claim> claims)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (Claim claim : claims) {
      json.writeStartObject();
      json.writeStringField("id", claim.id());
      json.writeStringField("detector", claim.detector());
      json.writeStringField("severity", claim.severity().id());
      json.writeStringField("workload", claim.workload().key());
      json.writeStringField("subjectKind", claim.subjectKind());
      json.writeStringField("subject", claim.subject());
      time(json, "from", claim.from());
      time(json, "to", claim.to());
      time(json, "told", claim.told());
      json.writeStringField("summary", claim.summary());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void gates(JsonGenerator json, List<Gate.Result> gates) throws IOException {
    json.writeArrayFieldStart("gates");
    for (Gate.Result result : gates) {
      double unit = result.gate().measure().isDelay() ? 1000 : 1;
      json.writeStartObject();
      json.writeStringField("measure", result.gate().measure().id());
      AlertJson.number(json, "limit", result.gate().limit() / unit);
      AlertJson.number(json, "value", result.value() / unit);
      json.writeBooleanField("holds", result.holds());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void time(JsonGenerator json, String field, Long millis) throws IOException {
    json.writeStringField(field, millis == null ? null : Times.iso(millis));
  }

  private static void seconds(JsonGenerator json, String field, double millis) throws IOException {
    AlertJson.number(json, field, millis / 1000);
  }
}
