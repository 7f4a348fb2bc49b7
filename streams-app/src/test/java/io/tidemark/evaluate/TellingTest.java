package io.tidemark.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemark.alert.Alert;
import io.tidemark.alert.Severity;
import io.tidemark.alert.Status;
import io.tidemark.detect.Signal.Evidence;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TellingTest {

  private final Telling telling = new Telling(Severity.MEDIUM, window -> {});

  @Test
  void anAlertIsOneClaimAsItWasToldLastAndToldWhenItFirstWas() {
    telling.published(alert(70, 1));
    telling.published(alert(90, 5));

    Claim claim = telling.claims().iterator().next();
    assertEquals(1, telling.claims().size());
    assertEquals(Said.at(1), claim.told());
    assertEquals(Said.at(5), claim.to());
    assertEquals(Severity.HIGH, claim.severity());
  }

  @Test
  void whatCountsForTooLittleIsNotToldYet() {
    telling.published(alert(20, 1));
    telling.published(alert(45, 2));
    telling.published(alert(65, 3));
    telling.published(alert(85, 4));

    assertEquals(Said.at(3), telling.claims().iterator().next().told());
  }

  @Test
  void evidenceInTheWorkloadsOwnClusterIsNamedInFull() {
    telling.published(alert(70, 1));

    assertEquals("prod/data/db", telling.claims().iterator().next().peer());
  }

  private static Alert alert(double score, int minute) {
    return new Alert(
        "id",
        "volume",
        1,
        Status.UPDATE,
        Severity.of(score),
        score,
        List.of(),
        Source.HUBBLE,
        new Workload("prod", "shop", "cart"),
        "Deployment",
        "metric",
        "egress spike",
        Said.START,
        Said.at(minute),
        minute,
        "More than usual.",
        List.of(),
        List.of(),
        List.of(new Evidence("data/db", 5432, "TCP", "", 1, 0, 1, List.of())),
        null);
  }
}
