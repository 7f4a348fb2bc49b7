package io.tidemark.wild;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.flow.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nobody is told of hosts that do nothing wrong, however short the time they were watched. */
final class QuietHostsTest {

  private static final long START = Instant.parse("2026-03-04T09:00:00Z").toEpochMilli();

  private static final int SEEDS = 2;

  @ParameterizedTest
  @EnumSource(Benign.class)
  void nothingIsToldOfAHostThatDoesNothingWrong(Benign host) {
    List<String> told = new ArrayList<>();
    long lines = 0;
    FlowLog.Form[] forms = FlowLog.Form.values();
    for (int i = 0; i < SEEDS; i++) {
      // Every form has its turn, though not with every host.
      FlowLog.Form form = forms[(host.ordinal() + 3 * i) % forms.length];
      List<String> log = FlowLog.lines(host.recording(71 + i, START), form, 71 + i);
      lines += log.size();
      for (Alert alert : Observed.alerts(log, Source.VPC_FLOW)) {
        told.add("seed " + (71 + i) + ", " + form + ": " + Observed.brief(alert));
      }
    }

    System.out.println(
        host + ": " + SEEDS + " x " + host.hours() + " h, " + lines + " lines " + told);
    assertTrue(told.isEmpty(), host + ": " + told);
  }
}
