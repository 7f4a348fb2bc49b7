package io.tidemark.pipeline;

import static io.tidemark.pipeline.Publishing.HOUR;
import static io.tidemark.pipeline.Publishing.MINUTE;
import static io.tidemark.pipeline.Publishing.NOON;
import static io.tidemark.pipeline.Publishing.WINDOW;
import static io.tidemark.pipeline.Publishing.peer;
import static io.tidemark.pipeline.Publishing.spike;
import static io.tidemark.pipeline.Publishing.workload;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemark.alert.Alert;
import io.tidemark.alert.Status;
import io.tidemark.control.Kind;
import io.tidemark.control.Selection;
import io.tidemark.control.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What operators suppress of the alerts that PUBLISH raises itself. */
final class SuppressedClusterTest {

  private static final String SHOP = "shop";

  private final Publishing stage = new Publishing();

  @Test
  void aSuppressedMassEventIsNotToldAndItsAlertsStayInTheShadow() {
    suppress("mass-event", Statement.FOR_EVER);
    massEvent();

    stage.through(NOON + WINDOW);

    assertEquals(List.of(), stage.published);
    assertEquals(11, stage.shadowed.size());
    assertEquals(1, stage.suppressed.size());
  }

  @Test
  void aMassEventThatGoesOnIsToldWhenTheSuppressionEnds() {
    suppress("mass-event", NOON + 2 * MINUTE);
    massEvent();
    stage.through(NOON + MINUTE);
    stage.restart();
    stage.raise(spike(workload(SHOP, 20), Status.OPEN, 70, NOON + 3 * MINUTE), NOON + 3 * MINUTE);

    stage.through(NOON + 4 * MINUTE);

    assertEquals(List.of("mass-event"), stage.detectors());
    assertEquals(Status.OPEN, stage.published.get(0).status());
  }

  @Test
  void aMassEventThatNobodyWasToldOfIsNotResolved() {
    suppress("mass-event", NOON + MINUTE);
    massEvent();
    stage.through(NOON + MINUTE);
    for (int i = 0; i < 11; i++) {
      stage.raise(spike(workload(SHOP, i), Status.RESOLVED, 60, NOON), NOON + HOUR);
    }

    stage.through(NOON + HOUR + WINDOW);

    assertEquals(List.of(), stage.published);
  }

  @Test
  void aSuppressedBudgetIsNotToldAndIsToldWhenTheSuppressionEnds() {
    suppress("budget", NOON + 9 * HOUR);
    stage.active(SHOP, 3);
    for (int hour = 0; hour < 12; hour++) {
      for (int i = 0; i < 3; i++) {
        long at = NOON + hour * HOUR;
        stage.raise(peer("p" + i + '-' + hour, workload(SHOP, i), Status.OPEN, 70, at), at);
      }
    }

    stage.through(NOON + 8 * HOUR);
    List<Alert> before = List.copyOf(stage.published("budget"));
    stage.restart();
    stage.through(NOON + 12 * HOUR);

    assertEquals(List.of(), before);
    assertEquals(
        List.of(Status.OPEN), stage.published("budget").stream().map(Alert::status).toList());
  }

  private void massEvent() {
    stage.active(SHOP, 100);
    for (int i = 0; i < 11; i++) {
      stage.raise(spike(workload(SHOP, i), Status.OPEN, 60, NOON), NOON);
    }
  }

  private void suppress(String detector, long until) {
    stage.control.add(
        new Statement(
            "s",
            Kind.SUPPRESS,
            new Selection(null, detector, null, null),
            "",
            Statement.ALWAYS,
            until,
            "",
            "",
            Statement.ALWAYS));
  }
}
