package io.tidemark.explain;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.NormalJson;
import io.tidemark.detect.Figures;
import io.tidemark.detect.Normal;
import io.tidemark.detect.Signal;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An account as one JSON object on one line. */
public final class AccountJson {

  private AccountJson() {}

  /**
   * The line, without its end.
   *
   * @param lines the evidence as it lies in the input
   */
  public static String write(Account account, List<RawLine> lines) {
    StringWriter text = new StringWriter(4096);
    try (JsonGenerator json = AlertJson.generator(text)) {
      json.writeStartObject();
      json.writeFieldName("alert");
      json.writeRawValue(AlertJson.write(account.alert(), false));
      comparison(json, account);
      before(json, account);
      window(json, account);
      timeline(json, account);
      evidence(json, lines);
      silencing(json, account);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void comparison(JsonGenerator json, Account account) throws IOException {
    json.writeObjectFieldStart("recomputed");
    json.writeBooleanField("published", account.published());
    json.writeBooleanField("detectorOn", account.detectorOn());
    json.writeStringField(
        "outcome", account.comparison().outcome().name().toLowerCase(Locale.ROOT));
    if (account.earliest() == Long.MAX_VALUE) {
      json.writeNullField("historySince");
    } else {
      json.writeStringField("historySince", Words.time(account.earliest()));
    }
    json.writeArrayFieldStart("differences");
    for (String difference : account.comparison().differences()) {
      json.writeString(difference);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void before(JsonGenerator json, Account account) throws IOException {
    if (account.before() == Account.UNKNOWN) {
      json.writeNullField("before");
      return;
    }
    json.writeObjectFieldStart("before");
    json.writeStringField("at", Words.time(account.before()));
    json.writeStringField("firstSeen", Words.time(account.firstSeen()));
    json.writeNumberField("windowsSeen", account.windowsSeen());
    json.writeObjectFieldStart("normal");
    for (Map.Entry<String, Normal> each : account.normal().entrySet()) {
      json.writeFieldName(each.getKey());
      NormalJson.write(json, each.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void window(JsonGenerator json, Account account) throws IOException {
    if (account.window() == null) {
      json.writeNullField("window");
      return;
    }
    Figures figures = Figures.of(account.window());
    json.writeObjectFieldStart("window");
    json.writeStringField("start", Words.time(account.window().start()));
    json.writeStringField("end", Words.time(account.window().end()));
    json.writeBooleanField("lossy", figures.lossy());
    json.writeObjectFieldStart("totals");
    for (Figures.Amount amount : figures.totals()) {
      json.writeNumberField(amount.name(), amount.value());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("edges");
    for (Signal.Evidence edge : figures.edges()) {
      json.writeStartObject();
      json.writeStringField("peer", edge.peer());
      json.writeNumberField("port", edge.port());
      json.writeStringField("protocol", edge.protocol());
      json.writeNumberField("connections", edge.connections());
      json.writeNumberField("denied", edge.denied());
      json.writeStringField("detail", edge.detail());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("domains");
    for (Figures.Domain domain : figures.domains()) {
      json.writeStartObject();
      json.writeStringField("name", domain.name());
      json.writeNumberField("queries", domain.queries());
      json.writeNumberField("names", domain.names());
      json.writeBooleanField("exists", domain.exists());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void timeline(JsonGenerator json, Account account) throws IOException {
    json.writeArrayFieldStart("timeline");
    for (Account.Moment moment : account.timeline()) {
      json.writeStartObject();
      json.writeStringField("start", Words.time(moment.start()));
      json.writeStringField("end", Words.time(moment.end()));
      AlertJson.number(json, "score", moment.score());
      json.writeStringField("summary", moment.summary());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("moreWindows", account.more());
  }

  private static void evidence(JsonGenerator json, List<RawLine> lines) throws IOException {
    json.writeArrayFieldStart("records");
    for (RawLine line : lines) {
      json.writeStartObject();
      json.writeStringField("input", line.at().input());
      json.writeNumberField("partition", line.at().partition());
      json.writeNumberField("at", line.at().first());
      json.writeStringField("text", line.text());
      json.writeStringField("missing", line.missing());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void silencing(JsonGenerator json, Account account) throws IOException {
    settings(json, "silencers", account.silencers());
    settings(json, "together", account.pair());
  }

  private static void settings(JsonGenerator json, String name, List<Account.Setting> settings)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Account.Setting setting : settings) {
      json.writeStartObject();
      json.writeStringField("set", setting.key() + "=" + setting.value());
      json.writeStringField("now", setting.now());
      AlertJson.number(json, "change", setting.change());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
