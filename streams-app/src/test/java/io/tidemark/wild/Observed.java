package io.tidemark.wild;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemark.alert.Alert;
import io.tidemark.config.Config;
import io.tidemark.flow.AddressBook;
import io.tidemark.flow.BadReason;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.Source;
import io.tidemark.pipeline.LocalPipeline;
import io.tidemark.service.Pipeline;
import io.tidemark.window.Fold;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the product says of lines, by default settings and without any configuration. */
final class Observed {

  private Observed() {}

  static List<Alert> alerts(List<String> lines, Source source) {
    Config config = Config.defaults();
    LocalPipeline pipeline = Pipeline.local(config, AddressBook.EMPTY);
    List<String> bad = new ArrayList<>();
    LocalPipeline.Partition partition =
        pipeline.add(
            new Fold.Place(source, "capture", 0, 1),
            FlowParsers.detecting(config.sources().parsing()),
            config.sources().of(source).lateness(),
            new LocalPipeline.Listener() {
              @Override
              public void bad(String input, long line, BadReason reason, String detail) {
                bad.add(line + ": " + reason + " " + detail);
              }
            });
    long number = 0;
    for (String line : lines) {
      partition.accept(line.getBytes(StandardCharsets.UTF_8), ++number, FlowParser.NO_TIME);
    }
    pipeline.finish();
    assertEquals(List.of(), bad);
    assertEquals(0, pipeline.tally().late(), "late lines");
    return pipeline.alerts();
  }

  /** An alert in a few words: at whom, by which detector, about what. */
  static String brief(Alert alert) {
    return alert.workload().name() + " " + alert.detector() + " " + alert.subject();
  }
}
