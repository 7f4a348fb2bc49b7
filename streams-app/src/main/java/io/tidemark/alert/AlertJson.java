package io.tidemark.alert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import io.tidemark.detect.Signal.Contribution;
import io.tidemark.detect.Signal.Evidence;
import io.tidemark.detect.Signal.Measure;
import io.tidemark.window.Coordinates;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/**
 * An alert as one line of JSON: the same alert always gives the same bytes. Fields come in a fixed
 * order, times are ISO 8601 in UTC with milliseconds, numbers are rounded to {@link #DECIMALS}
 * decimals, what is not a finite number is {@code null}. Characters that a terminal would act on or
 * reorder are escaped.
 *
 * <p>The canonical form, by which runs are compared, leaves out where, and in how many records, the
 * evidence lies in the input.
 */
public final class AlertJson {

  static final int DECIMALS = 4;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder().characterEscapes(new Escapes()).build();

  private AlertJson() {}

  /** One line without its end. */
  public static String write(Alert alert, boolean canonical) {
    StringWriter text = new StringWriter(1024);
    try (JsonGenerator json = generator(text)) {
      json.writeStartObject();
      head(json, alert);
      json.writeStringField("windowStart", Times.iso(alert.windowStart()));
      json.writeStringField("windowEnd", Times.iso(alert.windowEnd()));
      json.writeNumberField("windows", alert.windows());
      json.writeStringField("summary", alert.summary());
      contributions(json, alert.contributions());
      measures(json, alert.measures());
      evidence(json, alert.evidence(), canonical);
      json.writeArrayFieldStart("silencedBy");
      for (String sentence : alert.silencedBy()) {
        json.writeString(sentence);
      }
      json.writeEndArray();
      technique(json, alert.technique());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * Reads either form; fields it does not know are passed over.
   *
   * @throws IllegalArgumentException naming the field if it is not an alert
   */
  public static Alert read(String line) {
    return AlertReader.read(line);
  }

  /**
   * A number as it is written: the exact value of the double rounded half to even, without trailing
   * zeros or exponent. Not by way of {@link Double#toString}, whose digits differ between versions
   * of Java.
   */
  public static String number(double value) {
    BigDecimal rounded = new BigDecimal(value).setScale(DECIMALS, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /** Writes JSON whose text cannot steer the terminal that shows it. */
  public static JsonGenerator generator(Writer text) throws IOException {
    return FACTORY.createGenerator(text);
  }

  private static void head(JsonGenerator json, Alert alert) throws IOException {
    json.writeStringField("id", alert.id());
    json.writeStringField("detector", alert.detector());
    json.writeNumberField("detectorVersion", alert.detectorVersion());
    json.writeStringField("status", alert.status().id());
    json.writeStringField("severity", alert.severity().id());
    json.writeFieldName("score");
    json.writeNumber(score(alert));
    json.writeStringField("source", alert.source().id());
    json.writeObjectFieldStart("workload");
    json.writeStringField("cluster", alert.workload().cluster());
    json.writeStringField("namespace", alert.workload().namespace());
    json.writeStringField("kind", alert.kind());
    json.writeStringField("name", alert.workload().name());
    json.writeEndObject();
    json.writeStringField("subjectKind", alert.subjectKind());
    json.writeStringField("subject", alert.subject());
  }

  /** Never rounded up into the next severity: the written alert would contradict itself. */
  private static String score(Alert alert) {
    String rounded = number(alert.score());
    return Severity.of(Double.parseDouble(rounded)) == alert.severity()
        ? rounded
        : new BigDecimal(alert.score())
            .setScale(DECIMALS, RoundingMode.FLOOR)
            .stripTrailingZeros()
            .toPlainString();
  }

  private static void contributions(JsonGenerator json, List<Contribution> terms)
      throws IOException {
    json.writeArrayFieldStart("contributions");
    for (Contribution term : terms) {
      json.writeStartObject();
      json.writeStringField("name", term.name());
      number(json, "points", term.points());
      json.writeStringField("detail", term.detail());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void measures(JsonGenerator json, List<Measure> measures) throws IOException {
    json.writeArrayFieldStart("measures");
    for (Measure measure : measures) {
      json.writeStartObject();
      json.writeStringField("name", measure.name());
      json.writeStringField("unit", measure.unit());
      number(json, "observed", measure.observed());
      number(json, "p05", measure.p05());
      number(json, "p50", measure.p50());
      number(json, "p95", measure.p95());
      json.writeNumberField("samples", measure.samples());
      json.writeStringField("learnedSince", Times.iso(measure.learnedSince()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void evidence(JsonGenerator json, List<Evidence> evidence, boolean canonical)
      throws IOException {
    json.writeArrayFieldStart("evidence");
    for (Evidence seen : evidence) {
      json.writeStartObject();
      json.writeStringField("peer", seen.peer());
      json.writeNumberField("port", seen.port());
      json.writeStringField("protocol", seen.protocol());
      json.writeStringField("detail", seen.detail());
      json.writeNumberField("connections", seen.connections());
      json.writeNumberField("denied", seen.denied());
      if (!canonical) {
        // How often the input repeated itself differs between a topic and a copy of it.
        json.writeNumberField("records", seen.records());
        json.writeArrayFieldStart("coordinates");
        for (Coordinates at : seen.coordinates()) {
          json.writeStartObject();
          json.writeStringField("input", at.input());
          json.writeNumberField("partition", at.partition());
          json.writeNumberField("first", at.first());
          json.writeNumberField("last", at.last());
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void technique(JsonGenerator json, Technique technique) throws IOException {
    if (technique == null) {
      json.writeNullField("technique");
      return;
    }
    json.writeObjectFieldStart("technique");
    json.writeStringField("id", technique.id());
    json.writeStringField("name", technique.name());
    json.writeStringField("tactic", technique.tactic());
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, String name, double value) throws IOException {
    json.writeFieldName(name);
    if (Double.isFinite(value)) {
      json.writeNumber(number(value));
    } else {
      json.writeNull();
    }
  }

  /** Escapes what JSON demands, and what would steer the terminal that shows a line. */
  private static final class Escapes extends CharacterEscapes {

    private final int[] ascii = standardAsciiEscapesForJSON();

    Escapes() {
      ascii[0x7F] = ESCAPE_STANDARD;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ascii;
    }

    @Override
    public SerializableString getEscapeSequence(int c) {
      return Printable.steers(c)
          ? new SerializedString(String.format(Locale.ROOT, "\\u%04x", c))
          : null;
    }
  }
}
