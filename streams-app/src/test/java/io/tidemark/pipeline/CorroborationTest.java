package io.tidemark.pipeline;

import static io.tidemark.pipeline.Publishing.MINUTE;
import static io.tidemark.pipeline.Publishing.NOON;
import static io.tidemark.pipeline.Publishing.WINDOW;
import static io.tidemark.pipeline.Publishing.alert;
import static io.tidemark.pipeline.Publishing.workload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertSettings;
import io.tidemark.alert.Severity;
import io.tidemark.alert.Status;
import io.tidemark.detect.Signal.Contribution;
import io.tidemark.flow.Workload;
import io.tidemark.publish.Ledger;
import io.tidemark.publish.PublishSettings;
import io.tidemark.state.CodecContract;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What several detectors say of one workload within a short time. */
final class CorroborationTest {

  private static final Workload INTRUDED = workload("shop", 1);

  private final Publishing stage = new Publishing();

  @Test
  void aThirdSideThatIsOddLiftsItsAlertAboveTheStrongest() {
    told("port-scan", INTRUDED, 85, NOON);
    told("denied", INTRUDED, 45, NOON + 2 * MINUTE);
    told("new-peer", INTRUDED, 70, NOON + 5 * MINUTE);

    stage.through(NOON + 6 * MINUTE);

    Alert lifted = stage.published.get(2);
    Contribution last = lifted.contributions().get(lifted.contributions().size() - 1);
    assertEquals(95, lifted.score(), 1e-9);
    assertEquals(Severity.CRITICAL, lifted.severity());
    assertEquals("other detectors", last.name());
    assertTrue(last.detail().contains("denied (45), port-scan (85)"), last.detail());
    assertEquals(List.of(85.0, 45.0), scores().subList(0, 2));
  }

  @Test
  void weakSignsTogetherWakeNobody() {
    told("http-errors", INTRUDED, 60, NOON);
    told("denied", INTRUDED, 45, NOON);
    told("new-peer", INTRUDED, 62, NOON);

    stage.through(NOON + WINDOW);

    assertEquals(List.of(60.0, 45.0, 72.0), scores());
  }

  @Test
  void detectorsThatLookAtOneSideAreOneVoice() {
    told("port-scan", INTRUDED, 85, NOON);
    told("host-sweep", INTRUDED, 85, NOON);
    told("new-peer", INTRUDED, 70, NOON);
    told("port-use", INTRUDED, 50, NOON);

    stage.through(NOON + WINDOW);

    assertEquals(List.of(85.0, 85.0, 70.0, 50.0), scores());
  }

  @Test
  void anotherWorkloadOrALongerTimeIsAnotherMatter() {
    told("port-scan", INTRUDED, 85, NOON);
    told("denied", workload("shop", 2), 45, NOON);
    told("new-peer", INTRUDED, 70, NOON + 5 * MINUTE);
    told("volume", INTRUDED, 70, NOON + 11 * MINUTE);

    stage.through(NOON + 12 * MINUTE);

    assertEquals(List.of(85.0, 45.0, 70.0, 70.0), scores());
  }

  @Test
  void whatIsToldForInformationIsNoVoice() {
    told("port-scan", INTRUDED, 85, NOON);
    stage.raise(alert("rollout", "event", "rollout", INTRUDED, Status.OPEN, 20, NOON), NOON);
    told("denied", INTRUDED, 45, NOON);

    stage.through(NOON + WINDOW);

    assertEquals(List.of(85.0, 20.0, 45.0), scores());
  }

  @Test
  void whatWasGainedIsKeptToTheEndThoughEverythingIsRestarted() {
    told("port-scan", INTRUDED, 85, NOON);
    told("denied", INTRUDED, 45, NOON);
    stage.through(NOON + WINDOW);
    stage.restart();
    told("new-peer", INTRUDED, 70, NOON + MINUTE);
    stage.through(NOON + 2 * MINUTE);
    stage.restart();
    long end = NOON + 40 * MINUTE;
    stage.raise(alert("new-peer", "peer", "x", INTRUDED, Status.RESOLVED, 70, NOON + MINUTE), end);

    stage.through(end + WINDOW);

    assertEquals(List.of(85.0, 45.0, 95.0, 95.0), scores());
  }

  @Test
  void aLedgerFromBeforeDetectorsWereHeldTogetherIsStillRead() {
    Ledger former = CodecContract.written(PublishStageTest.class, "ledger-1", Ledger.CODEC);
    Ledger now = CodecContract.written(PublishStageTest.class, "ledger", Ledger.CODEC);
    PublishSettings settings = PublishSettings.of(AlertSettings.defaults());

    assertEquals(now.due(settings), former.due(settings));
  }

  private void told(String detector, Workload workload, double score, long start) {
    stage.raise(alert(detector, "peer", "x", workload, Status.OPEN, score, start), start);
  }

  private List<Double> scores() {
    return stage.published.stream().map(Alert::score).toList();
  }
}
