package io.tidemark.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The results for people and for programs. */
final class Report {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Report() {}

  /** A table of the subjects, and how Tidemark stands to what it is held against. */
  static String text(Results results) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%-26s %10s  %-21s %8s  %-15s %8s",
        "",
        "records/s",
        "least to most",
        "CPU s/M",
        "least to most",
        "broker");
    for (String name : results.names()) {
      Spread speed = results.of(name, Measured::recordsPerSecond);
      Spread cpu = results.of(name, Measured::cpuSecondsPerMillion);
      Spread broker = results.of(name, Measured::brokerCpuSecondsPerMillion);
      line(
          text,
          "%-26s %,10.0f  %-21s %8.2f  %-15s %8.2f",
          name,
          speed.median(),
          String.format(Locale.ROOT, "%,.0f to %,.0f", speed.least(), speed.most()),
          cpu.median(),
          String.format(Locale.ROOT, "%.2f to %.2f", cpu.least(), cpu.most()),
          broker.median());
    }
    List<Ratio> ratios = ratios(results);
    if (!ratios.isEmpty()) {
      text.append('\n');
      line(text, "%-38s %6s  %-14s %5s  %s", "", "faster", "least to most", "aim", "less CPU");
    }
    for (Ratio ratio : ratios) {
      Spread faster = results.faster(ratio).orElseThrow();
      line(
          text,
          "%-38s %6.2f  %-14s %5s  %s",
          ratio.text(),
          faster.median(),
          String.format(Locale.ROOT, "%.2f to %.2f", faster.least(), faster.most()),
          aim(ratio).map(aim -> String.format(Locale.ROOT, "%.1f", aim)).orElse("-"),
          results
              .cheaper(ratio)
              .map(s -> String.format(Locale.ROOT, "%.2f", s.median()))
              .orElse("-"));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }

  /** Tidemark over each feed against everything else that was measured over it. */
  static List<Ratio> ratios(Results results) {
    List<Ratio> ratios = new ArrayList<>();
    for (String name : results.names()) {
      Subject subject = Subject.named(name).orElseThrow();
      if (!subject.engine().tidemark()) {
        continue;
      }
      for (Engine other : List.of(Engine.REFERENCE, Engine.FLINK, Engine.LIMIT)) {
        Ratio ratio = new Ratio(name, new Subject(other, subject.feed()).name());
        if (results.faster(ratio).isPresent()) {
          ratios.add(ratio);
        }
      }
    }
    return ratios;
  }

  /** What was aimed at: of Hubble lines only. */
  static Optional<Double> aim(Ratio ratio) {
    if (!ratio.name().equals(Engine.TIDEMARK.id())) {
      return Optional.empty();
    }
    return switch (ratio.other()) {
      case "reference" -> Optional.of(Ratio.OF_REFERENCE);
      case "limit" -> Optional.of(Ratio.OF_LIMIT);
      default -> Optional.empty();
    };
  }

  /** Writes the figures of every round, one object per subject, with what they depend on. */
  static void write(Results results, Map<String, Object> conditions, Path file) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    for (String name : results.names()) {
      ObjectNode subject = root.putObject(name);
      subject.put("records", results.records(name));
      figure(subject, "recordsPerSecond", results, name, Measured::recordsPerSecond);
      figure(subject, "cpuSecondsPerMillion", results, name, Measured::cpuSecondsPerMillion);
      figure(
          subject,
          "brokerCpuSecondsPerMillion",
          results,
          name,
          Measured::brokerCpuSecondsPerMillion);
    }
    ObjectNode ratios = root.putObject("ratios");
    for (Ratio ratio : ratios(results)) {
      ObjectNode node = spread(results.faster(ratio).orElseThrow());
      aim(ratio).ifPresent(aim -> node.put("aim", aim));
      ratios.set(ratio.text(), node);
    }
    root.set("conditions", JSON.valueToTree(conditions));
    Files.writeString(file, JSON.writeValueAsString(root) + "\n");
  }

  private static void figure(
      ObjectNode subject,
      String key,
      Results results,
      String name,
      ToDoubleFunction<Measured> figure) {
    subject.set(key, spread(results.of(name, figure)));
  }

  private static ObjectNode spread(Spread spread) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("median", spread.median());
    spread.rounds().forEach(node.putArray("rounds")::add);
    return node;
  }
}
