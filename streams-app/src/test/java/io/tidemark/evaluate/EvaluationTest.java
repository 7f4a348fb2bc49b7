package io.tidemark.evaluate;

import static io.tidemark.evaluate.Said.claim;
import static io.tidemark.evaluate.Said.evaluation;
import static io.tidemark.evaluate.Said.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Severity;
import io.tidemark.evaluate.Evaluation.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EvaluationTest {

  @Test
  void anAlertOfAnAcceptedDetectorAtThePartyInTimeFindsTheEvent() {
    List<Event> events = List.of(event("scan", 10, 20, "shop/cart", "port-scan"));

    Evaluation evaluation = evaluation(events, claim("a", "port-scan", 9, 12));

    assertEquals(1, evaluation.score().found());
    assertEquals(2 * Said.MINUTE, evaluation.outcomes().get(0).delay());
    assertEquals(1.0, evaluation.score().precision());
    assertEquals(1.0, evaluation.score().f1());
  }

  @ParameterizedTest
  @CsvSource({
    // judged from, last fired, counts for the event of minutes 10 to 20
    "0, 8.9, false", // over more than a minute before: it cannot be about it
    "0, 9, true", // labels in whole minutes
    "0, 15, true",
    "15, 16, true",
    "30, 31, true", // a flow log's record of ten minutes
    "30.1, 31, false",
    "0, 60, true" // a slow detector's whole span
  })
  void timesMustOverlapWithAToleranceAfterTheEnd(double from, double to, boolean counts) {
    List<Event> events = List.of(event("e", 10, 20, "shop/cart"));

    Evaluation evaluation = evaluation(events, claim("a", "new-peer", from, to));

    assertEquals(counts ? 1 : 0, evaluation.score().found());
    assertEquals(counts ? 0 : 1, evaluation.score().wrong());
  }

  @Test
  void anAlertOfAnotherDetectorIsSeenFromElsewhereAndFindsNothing() {
    List<Event> events = List.of(event("scan", 10, 20, "shop/cart", "port-scan"));

    Evaluation evaluation = evaluation(events, claim("a", "volume", 10, 12));

    assertEquals(0, evaluation.score().found());
    assertEquals(0, evaluation.score().wrong());
    assertEquals(1, evaluation.score().elsewhere());
    assertEquals("a", evaluation.outcomes().get(0).elsewhere().get(0).id());
    assertTrue(Double.isNaN(evaluation.score().precision()), "neither right nor wrong");
  }

  @Test
  void anAlertWhoseSubjectIsThePartyFindsTheEventAtItsOtherEnd() {
    List<Event> events = List.of(event("scan", 10, 20, "shop/cart", "new-peer"));

    Evaluation evaluation =
        evaluation(events, claim("a", "new-peer", "data/db", "peer", "prod/shop/cart", 10, 11));

    assertEquals(1, evaluation.score().found());
  }

  @Test
  void anAlertWhoseFirstEvidenceIsThePartyIsSeenFromElsewhereOnly() {
    List<Event> events = List.of(event("scan", 10, 20, "shop/cart", "port-use"));
    Claim port = claim("a", "port-use", "data/db", "port", "ingress TCP 445", 10, 11);

    Evaluation evaluation = evaluation(events, Said.with(port, Severity.HIGH, "prod/shop/cart"));

    assertEquals(0, evaluation.score().found());
    assertEquals(1, evaluation.score().elsewhere());
  }

  @Test
  void aPortOrMetricNeverNamesAParty() {
    List<Event> events = List.of(event("e", 10, 20, "spike"));

    Evaluation evaluation =
        evaluation(events, claim("a", "volume", "data/db", "metric", "egress spike", 10, 11));

    assertEquals(1, evaluation.score().wrong());
  }

  @Test
  void oneAlertFindsTwoEventsAndCountsOnce() {
    List<Event> events =
        List.of(event("one", 10, 20, "shop/cart"), event("two", 25, 30, "203.0.113.0/24"));

    Evaluation evaluation = evaluation(events, claim("a", "new-peer", 12, 28));

    assertEquals(2, evaluation.score().found());
    assertEquals(1, evaluation.score().right());
  }

  @Test
  void twoAlertsOfOneEventAreTwoRightOnesAndOneFind() {
    List<Event> events = List.of(event("one", 10, 20, "shop/cart"));

    Evaluation evaluation =
        evaluation(events, claim("late", "new-peer", 10, 15), claim("early", "volume", 10, 13));

    Score score = evaluation.score();
    assertEquals(1, score.found());
    assertEquals(2, score.right());
    assertEquals(3 * Said.MINUTE, score.medianDelay());
    assertEquals(5 * Said.MINUTE, evaluation.score("new-peer").medianDelay());
  }

  @Test
  void anAlertRightForOneEventAndElsewhereForAnotherIsRight() {
    List<Event> events =
        List.of(
            event("its", 10, 20, "shop/cart", "volume"),
            event("other", 10, 20, "shop/cart", "port-scan"));

    Evaluation evaluation = evaluation(events, claim("a", "volume", 10, 12));

    assertEquals(1, evaluation.score().right());
    assertEquals(0, evaluation.score().elsewhere());
    assertEquals(1, evaluation.outcomes().get(1).elsewhere().size());
  }

  @Test
  void anInformationalAlertCountsNeitherWay() {
    List<Event> events = List.of(event("one", 10, 20, "shop/cart"));
    Claim at = Said.with(claim("a", "new-peer", 10, 12), Severity.INFO, "");
    Claim away = Said.with(claim("b", "new-peer", 300, 301), Severity.INFO, "");

    Evaluation evaluation = evaluation(events, at, away);

    assertEquals(0, evaluation.score().found());
    assertEquals(0, evaluation.score().wrong());
    assertEquals(2, evaluation.score().minor());
    assertEquals(List.of(at), evaluation.outcomes().get(0).minor());
  }

  @Test
  void falseAlertsAreCountedPerWorkloadDay() {
    Evaluation evaluation = evaluation(List.of(), claim("a", "volume", 1, 2));

    assertEquals(0.1, evaluation.score().wrongPerDay(), 1e-12);
    assertEquals(List.of("a"), evaluation.claims(Verdict.WRONG).stream().map(Claim::id).toList());
    assertTrue(Double.isNaN(evaluation.score().recall()), "no events");
  }

  @Test
  void aDetectorIsExpectedToFindWhatNamesItAndCreditedWithWhatItFound() {
    List<Event> events =
        List.of(
            event("named", 10, 20, "shop/cart", "port-scan", "port-use"),
            event("any", 60, 70, "shop/cart"));

    Evaluation evaluation =
        evaluation(events, claim("a", "port-scan", 10, 12), claim("b", "volume", 60, 61));

    assertEquals(2, evaluation.score().found());
    assertEquals(1, evaluation.score("port-scan").events());
    assertEquals(1, evaluation.score("port-use").missed());
    assertEquals(1, evaluation.score("volume").events());
    assertEquals(1.0, evaluation.score("volume").recall());
  }

  @Test
  void aWorkloadCountsFromItsFirstToItsLastActiveWindow() {
    Exposure exposure = new Exposure();
    exposure.active(claim("a", "x", 0, 0).workload(), Said.START, Said.START + 10_000);
    exposure.active(
        claim("a", "x", 0, 0).workload(), Said.START + Said.DAY / 2 - 10_000, Said.at(720));

    assertEquals(1, exposure.workloads());
    assertEquals(0.5, exposure.workloadDays(), 1e-9);
  }

  @Test
  void anAlertToldBeforeTheEventIsCreditedAndSaid() {
    List<Event> events = List.of(event("e", 10, 20, "shop/cart"));
    Claim claim = claim("a", "volume", 0, 15);
    Claim told =
        new Claim(
            claim.id(),
            claim.detector(),
            claim.severity(),
            claim.workload(),
            claim.kind(),
            claim.subjectKind(),
            claim.subject(),
            claim.peer(),
            claim.from(),
            claim.to(),
            Said.at(2),
            claim.summary());

    Evaluation evaluation = evaluation(events, told);

    assertEquals(0, evaluation.outcomes().get(0).delay());
    assertTrue(evaluation.outcomes().get(0).openBefore());
    assertFalse(Notes.of(evaluation, List.of("volume")).isEmpty());
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
    Score score = new Score(4, 4, 4, 0, 0, 0, new long[] {1000, 2000, 4000, 9000}, 1);

    assertEquals(3000, score.medianDelay());
    assertEquals(9000, score.longestDelay());
  }
}
