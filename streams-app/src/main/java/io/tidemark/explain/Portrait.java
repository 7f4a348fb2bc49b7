package io.tidemark.explain;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.NormalJson;
import io.tidemark.detect.Learning;
import io.tidemark.detect.Normal;
import io.tidemark.pipeline.Dossier;
import io.tidemark.pipeline.Panel;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * What is known of a workload from one source, for people and tools.
 *
 * @param kind the controller's kind
 * @param at the time it is of: start of the next window, milliseconds since the epoch
 * @param firstSeen start of its first window
 * @param lastSeen start of its latest window with facts
 * @param windowsSeen windows with facts
 * @param learning by detector: what is still missing before it speaks
 * @param normal by detector: what is normal
 */
public record Portrait(
    Dossier.Key key,
    String kind,
    long at,
    long firstSeen,
    long lastSeen,
    long windowsSeen,
    Map<String, Learning> learning,
    Map<String, Normal> normal) {

  /** Drawn from what is known. */
  public static Portrait of(Dossier.Key key, Dossier dossier, Panel panel, long at) {
    return new Portrait(
        key,
        dossier.kind(),
        at,
        dossier.firstSeen(),
        dossier.lastSeen(),
        dossier.windowsSeen(),
        dossier.learning(panel, at),
        dossier.normal(panel, at));
  }

  /** For a terminal, each line ended. */
  public String text(int width) {
    Page page = new Page(width);
    page.whole("", key.workload().key() + " (" + kind + "), seen by " + key.source().id());
    page.line(
        "At "
            + Words.time(at)
            + ", learned from "
            + Words.count(windowsSeen, "window")
            + " since "
            + Words.time(firstSeen)
            + "; seen last at "
            + Words.time(lastSeen)
            + ".");
    normal.forEach(
        (detector, each) -> {
          page.raw("\n");
          NormalText.write(page, detector, each);
          learning.get(detector).missing().forEach(missing -> page.item("not ready: " + missing));
        });
    return page.toString();
  }

  /** One line of JSON, without its end. */
  public String json() {
    StringWriter text = new StringWriter(2048);
    try (JsonGenerator json = AlertJson.generator(text)) {
      json.writeStartObject();
      json.writeStringField("workload", key.workload().key());
      json.writeStringField("kind", kind);
      json.writeStringField("source", key.source().id());
      json.writeStringField("at", Words.time(at));
      json.writeStringField("firstSeen", Words.time(firstSeen));
      json.writeStringField("lastSeen", Words.time(lastSeen));
      json.writeNumberField("windowsSeen", windowsSeen);
      json.writeObjectFieldStart("detectors");
      for (Map.Entry<String, Normal> each : normal.entrySet()) {
        json.writeObjectFieldStart(each.getKey());
        json.writeBooleanField("ready", learning.get(each.getKey()).ready());
        json.writeArrayFieldStart("missing");
        for (String missing : learning.get(each.getKey()).missing()) {
          json.writeString(missing);
        }
        json.writeEndArray();
        json.writeFieldName("normal");
        NormalJson.write(json, each.getValue());
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
