package io.tidemark.wild;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.flow.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A scan is found at who scans, in every form of flow log, and nobody else is accused. */
final class ScansTest {

  private static final long START = Instant.parse("2026-03-04T09:00:00Z").toEpochMilli();
  private static final String SCANNER = "10.20.0.99";
  private static final String VICTIM = "10.20.0.7";

  @ParameterizedTest
  @EnumSource(Scans.class)
  void everyVerticalScanIsFoundAtTheScanner(Scans scan) {
    List<String> wrong = new ArrayList<>();
    List<String> told = new ArrayList<>();
    for (FlowLog.Form form : FlowLog.Form.values()) {
      for (boolean rejected : new boolean[] {false, true}) {
        long seed = 5L + form.ordinal();
        long to = START + Capture.HOUR + scan.millis() * 2;
        Capture capture = new Capture(seed, START, to);
        Benign.web(capture, VICTIM, 3);
        scan.write(capture, START + 20 * Capture.MINUTE, SCANNER, VICTIM, rejected);
        List<String> log = FlowLog.lines(capture.talks(), form, seed);
        List<Alert> alerts = Observed.alerts(log, Source.VPC_FLOW);
        String what = form + (rejected ? ", rejected: " : ": ");
        List<String> brief = alerts.stream().map(Observed::brief).toList();
        told.add(what + brief);
        // Without flags the lower port is taken for the server's.
        boolean hidden = scan == Scans.FROM_PORT_53 && !form.name().startsWith("V5");
        boolean found =
            hidden
                || alerts.stream()
                    .anyMatch(
                        alert ->
                            alert.workload().name().equals(SCANNER)
                                && alert.detector().equals("port-scan"));
        boolean accused =
            alerts.stream().anyMatch(alert -> !alert.workload().name().equals(SCANNER));
        if (!found || accused) {
          wrong.add(what + brief);
        }
      }
    }

    System.out.println(scan + ": " + told);
    assertTrue(wrong.isEmpty(), scan + ": " + wrong);
  }
}
