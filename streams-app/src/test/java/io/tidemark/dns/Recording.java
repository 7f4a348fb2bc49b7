package io.tidemark.dns;

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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the product says of look-ups that one host made, without any configuration. */
final class Recording {

  /** Which of the two messages a source shows. */
  enum Shown {
    BOTH,
    QUERIES,
    ANSWERS
  }

  /**
   * @param alerts of the two detectors of DNS
   * @param bad lines that could not be read
   */
  record Heard(List<Alert> alerts, long bad) {}

  private Recording() {}

  static Heard observe(List<Lookup> lookups, Shown shown) {
    LocalPipeline pipeline = Pipeline.local(Config.defaults(), AddressBook.EMPTY);
    long[] bad = {0};
    LocalPipeline.Partition partition =
        pipeline.add(
            new Fold.Place(Source.HUBBLE, "recording", 0, 1),
            FlowParsers.detecting(Config.defaults().sources().parsing()),
            Config.defaults().sources().hubble().lateness(),
            new LocalPipeline.Listener() {
              @Override
              public void bad(String input, long line, BadReason reason, String detail) {
                bad[0]++;
              }
            });
    List<Lookup> sorted = new ArrayList<>(lookups);
    sorted.sort(Comparator.comparingLong(Lookup::time));
    long number = 0;
    for (Lookup lookup : sorted) {
      if (shown != Shown.ANSWERS) {
        partition.accept(lookup.query("host-0"), ++number, FlowParser.NO_TIME);
      }
      if (shown != Shown.QUERIES) {
        partition.accept(lookup.answer("host-0"), ++number, FlowParser.NO_TIME);
      }
    }
    pipeline.finish();
    List<Alert> alerts =
        pipeline.alerts().stream().filter(alert -> alert.detector().startsWith("dns-")).toList();
    return new Heard(alerts, bad[0]);
  }
}
