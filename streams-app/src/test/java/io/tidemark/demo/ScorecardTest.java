package io.tidemark.demo;

import static io.tidemark.demo.Happenings.MINUTE;
import static io.tidemark.demo.Happenings.START;
import static io.tidemark.demo.Happenings.incident;
import static io.tidemark.demo.Happenings.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.fleet.Incident;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScorecardTest {

  private static final Incident SCAN = incident(Incident.Kind.PORT_SCAN);

  @Test
  void anAlertOfTheRightKindAtTheRightWorkloadAnswersAndItsDelayIsEventTime() {
    Told scan = told("port-scan", "shop/cart", SCAN.start() + 20_000);

    Scorecard score = Scorecard.of(List.of(SCAN), List.of(scan));

    assertEquals(List.of(scan), score.outcomes().get(0).found());
    assertEquals(Duration.ofSeconds(20), score.outcomes().get(0).delay());
    assertEquals(List.of(), score.elsewhere());
    assertEquals(List.of(), score.early());
    assertEquals(List.of(), score.unexplained());
  }

  @Test
  void theMostAptDetectorAnswersFirstEvenWhenAnotherWasQuicker() {
    Told quick = told("port-use", "shop/cart", SCAN.start() + 10_000);
    Told apt = told("port-scan", "shop/cart", SCAN.start() + 30_000);

    Scorecard score = Scorecard.of(List.of(SCAN), List.of(quick, apt));

    assertEquals(List.of(apt, quick), score.outcomes().get(0).found());
    assertEquals(Duration.ofSeconds(30), score.outcomes().get(0).delay());
  }

  @Test
  void anIncidentIsMissedWhenOnlyOthersWorkloadsOrDetectorsSpoke() {
    Told otherWorkload = told("port-scan", "shop/checkout", SCAN.start() + 20_000);
    Told otherDetector = told("dns-dga", "shop/cart", SCAN.start() + 20_000);

    Scorecard score = Scorecard.of(List.of(SCAN), List.of(otherWorkload, otherDetector));

    assertTrue(score.outcomes().get(0).missed());
    assertEquals(List.of(otherWorkload, otherDetector), score.elsewhere());
  }

  @Test
  void whatComesBeforeTheFirstIncidentIsEarlyAndNeverAnAnswer() {
    Incident first = incident(Incident.Kind.VOLUME_SPIKE);
    Told before = told("volume", "shop/storefront", START);

    Scorecard score = Scorecard.of(List.of(first, SCAN), List.of(before));

    assertEquals(List.of(before), score.early());
    assertTrue(score.outcomes().get(0).missed());
  }

  @Test
  void anAnswerMayComeShortlyAfterTheEndAndNoLater() {
    long last = SCAN.end() + Scorecard.GRACE.toMillis();
    Told inTime = told("port-scan", "shop/cart", last);
    Told tooLate = told("port-scan", "shop/cart", last + 1);

    Scorecard score = Scorecard.of(List.of(SCAN), List.of(inTime, tooLate));

    assertEquals(List.of(inTime), score.outcomes().get(0).found());
    assertEquals(List.of(tooLate), score.unexplained());
  }

  @Test
  void theTwoVolumeIncidentsAreToldApartByTimeAndWorkload() {
    Incident spike = incident(Incident.Kind.VOLUME_SPIKE);
    Incident silence = incident(Incident.Kind.SILENCE);
    Told atSpike = told("volume", "shop/storefront", spike.start() + 2 * MINUTE);
    Told otherEnd = told("volume", "shop/catalog", spike.start() + 2 * MINUTE);
    Told atSilence = told("volume", "shop/catalog", silence.start() + 3 * MINUTE);

    Scorecard score = Scorecard.of(List.of(spike, silence), List.of(otherEnd, atSpike, atSilence));

    assertEquals(List.of(atSpike), score.outcomes().get(0).found());
    assertEquals(List.of(atSilence), score.outcomes().get(1).found());
    assertEquals(List.of(otherEnd), score.elsewhere());
  }

  @Test
  void withoutIncidentsEveryAlertIsEarly() {
    Told one = told("volume", "shop/cart", START);

    Scorecard score = Scorecard.of(List.of(), List.of(one));

    assertEquals(List.of(one), score.early());
    assertFalse(score.early().isEmpty());
  }
}
