package io.tidemark.load.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;

/** Reports for programs. */
final class ReportJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ReportJson() {}

  static String write(
      long seed, boolean quick, Map<Case, Report> reports, Map<Case, Double> seconds)
      throws JsonProcessingException {
    ObjectNode root = JSON.createObjectNode();
    root.put("seed", seed).put("quick", quick);
    root.putObject("machine")
        .put("processors", Runtime.getRuntime().availableProcessors())
        .put("java", System.getProperty("java.version"))
        .put("memoryBytes", Machine.memoryBytes())
        .put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    ArrayNode cases = root.putArray("cases");
    reports.forEach(
        (each, report) -> {
          ObjectNode node = cases.addObject();
          node.put("name", each.name());
          node.put("claim", each.claim());
          node.put("verdict", report.verdict().name().toLowerCase(Locale.ROOT));
          node.put("seconds", Math.round(seconds.get(each) * 10) / 10.0);
          if (report.skipped() != null) {
            node.put("skipped", report.skipped());
          }
          report.did().forEach(node.putArray("did")::add);
          node.set("measured", JSON.valueToTree(report.measured()));
          report.broken().forEach(node.putArray("broken")::add);
        });
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }
}
