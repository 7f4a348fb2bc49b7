package io.tidemark.load.growth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The findings for programs: by sweep its points and exponents, the verdicts, the conditions. */
final class ReportJson {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ReportJson() {}

  static String of(Findings findings, Map<String, Object> conditions)
      throws JsonProcessingException {
    ObjectNode root = JSON.createObjectNode();
    root.put("held", findings.held());
    ObjectNode sweeps = root.putObject("sweeps");
    for (Table table : findings.tables()) {
      ObjectNode sweep = sweeps.putObject(table.sweep().id());
      ArrayNode points = sweep.putArray("points");
      for (Table.Row row : table.rows()) {
        ObjectNode point = points.addObject().put("name", row.name()).put("x", row.x());
        for (Measure measure : table.measures()) {
          row.figures().get(measure).ifPresent(value -> point.put(measure.id(), value));
        }
      }
      ObjectNode exponents = sweep.putObject("exponents");
      table
          .fits()
          .forEach(
              (measure, fit) -> {
                ObjectNode node = exponents.putObject(measure.id()).put("exponent", fit.exponent());
                if (Double.isFinite(fit.error())) {
                  node.put("standardError", fit.error());
                }
                fit.slopes().forEach(node.putArray("slopes")::add);
              });
      table.notes().forEach(sweep.putArray("notes")::add);
    }
    ArrayNode verdicts = root.putArray("verdicts");
    for (Expectation.Verdict verdict : findings.verdicts()) {
      verdicts.addObject().put("held", verdict.held()).put("text", verdict.sentence());
    }
    root.set("conditions", JSON.valueToTree(conditions));
    return JSON.writeValueAsString(root) + "\n";
  }
}
