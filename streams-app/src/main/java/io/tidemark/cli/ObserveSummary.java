package io.tidemark.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.pipeline.LocalPipeline;
import io.tidemark.window.Tally;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The last word of {@code observe}: what became of every line. */
final class ObserveSummary {

  private static final JsonFactory JSON = new JsonFactory();

  /** Addresses outside are only ever peers, so there is nobody to learn anything of. */
  private static final String STRANGERS =
      "\nNo address of these flows is yours as far as identity.internal-cidrs says, so nobody was"
          + " judged. Say which are: --set 'identity.internal-cidrs=[192.0.2.0/24]'.";

  private ObserveSummary() {}

  static String json(LocalPipeline pipeline) {
    Tally tally = pipeline.tally();
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("lines", tally.lines());
      json.writeNumberField("flows", tally.flows());
      json.writeNumberField("bad", tally.badTotal());
      json.writeNumberField("skipped", tally.skippedTotal());
      json.writeNumberField("late", tally.late());
      json.writeNumberField("duplicates", tally.duplicates());
      json.writeNumberField("ahead", tally.ahead());
      json.writeNumberField("workloads", pipeline.workloads());
      json.writeNumberField("windows", pipeline.windows());
      json.writeNumberField("alerts", pipeline.alerts().size());
      json.writeNumberField("heldBack", pipeline.shadowed().size());
      json.writeNumberField("suppressed", pipeline.suppressed());
      counts(json, "badReasons", tally.bad());
      counts(json, "skippedReasons", tally.skipped());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return text.toString();
  }

  static String text(LocalPipeline pipeline) {
    Tally tally = pipeline.tally();
    List<String> parts = new ArrayList<>();
    parts.add(count(tally.lines(), "line"));
    parts.add(count(tally.flows(), "flow"));
    parts.add(tally.duplicates() + " further sightings");
    parts.add(tally.late() + " late");
    parts.add(tally.skippedTotal() + " skipped" + reasons(tally.skipped()));
    parts.add(tally.badTotal() + " bad" + reasons(tally.bad()));
    String ahead =
        tally.ahead() == 0
            ? ""
            : "\n"
                + count(tally.ahead(), "flow")
                + " far ahead of the others: a broken clock, or the end of a gap.";
    return String.join(", ", parts)
        + ".\n"
        + count(pipeline.workloads(), "workload")
        + ", "
        + count(pipeline.windows(), "window")
        + ", "
        + count(pipeline.alerts().size(), "alert")
        + (pipeline.shadowed().isEmpty() ? "" : ", " + pipeline.shadowed().size() + " held back")
        + (pipeline.suppressed() == 0 ? "" : ", " + pipeline.suppressed() + " not told as asked")
        + "."
        + ahead
        + (tally.flows() > 0 && pipeline.workloads() == 0 ? STRANGERS : "");
  }

  private static void counts(JsonGenerator json, String name, Map<String, Long> counts)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
    json.writeEndObject();
  }

  private static String reasons(Map<String, Long> counts) {
    if (counts.isEmpty()) {
      return "";
    }
    List<String> each = new ArrayList<>();
    counts.forEach((reason, count) -> each.add(reason + " " + count));
    return " (" + String.join(", ", each) + ")";
  }

  private static String count(long n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }
}
