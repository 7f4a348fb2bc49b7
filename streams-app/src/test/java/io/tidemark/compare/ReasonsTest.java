package io.tidemark.compare;

import static io.tidemark.compare.ComparisonTest.compare;
import static io.tidemark.compare.ComparisonTest.only;
import static io.tidemark.compare.Told.DAY;
import static io.tidemark.compare.Told.MINUTE;
import static io.tidemark.compare.Told.NOON;
import static io.tidemark.compare.Told.WINDOW;
import static io.tidemark.compare.Told.alert;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.compare.Difference.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReasonsTest {

  @Test
  void aChangedScoreIsExplainedByItsTermsTheLargestChangeFirst() {
    Alert before = alert().score(70).term("inside", 8, "").term("unanswered", 40, "40 ports").get();
    Alert after =
        alert()
            .score(50)
            .term("inside", 5, "")
            .term("unanswered", 22, "9 ports")
            .term("slow", 2, "")
            .get();

    assertEquals(
        List.of(
            "term 'unanswered' 40 -> 22 points (40 ports -> 9 ports)",
            "term 'inside' 8 -> 5 points",
            "term 'slow' is new: 2 points"),
        changed(before, after));
  }

  @Test
  void aChangedBaselineIsAReason() {
    Alert before = alert().score(70).term("t", 70, "").expected("ports per peer", 50, 12).get();
    Alert after = alert().score(60).term("t", 60, "").expected("ports per peer", 50, 40).get();

    assertTrue(
        changed(before, after).contains("ports per peer: expected p95 rose from 12 to 40 ports"),
        changed(before, after).toString());
  }

  @Test
  void whatWasNotKnownIsNotANumber() {
    Alert before = alert().expected("ports per peer", 50, Double.NaN).get();
    Alert after = alert().expected("ports per peer", 50, 40).get();

    assertEquals(
        List.of("ports per peer: expected p95 is known: 40 ports"), changed(before, after));
  }

  @Test
  void anotherDetectorVersionIsTheFirstReason() {
    Alert before = alert().version(1).score(50).get();
    Alert after = alert().version(2).score(60).get();

    assertEquals("detector version 1 -> 2", changed(before, after).get(0));
  }

  @Test
  void aWindowThatTheOtherRunDidNotJudgeIsNotAMissedOne() {
    Alert late = alert().time(DAY, DAY + WINDOW).get();
    Run old = Run.of("old", List.of(late));
    Run brief = Run.of("new", List.of()).judged(NOON, NOON + DAY);

    List<String> reasons = reasons(old, brief);

    assertEquals(
        "its window was not judged in the new run, which ends at 2026-03-02 12:00:00",
        reasons.get(0));
  }

  @Test
  void aKnownMinimumScoreIsAReason() {
    Run old = Run.of("old", List.of(alert().score(42).get()));
    Run now = Run.of("new", List.of()).with(Map.of("alerts.min-score", "50"));

    assertEquals(
        "its score 42 is below alerts.min-score 50 of the new run", reasons(old, now).get(0));
  }

  @Test
  void aKnownSettingThatSilencesItIsAReason() {
    Run old = Run.of("old", List.of(alert().get())).with(Map.of("detectors.port-scan.ports", "15"));

    assertEquals(
        "detectors.port-scan.ports is 41 instead of 15 in the new run, and from 41 on it is silent",
        reasons(old, ports("41")).get(0));
    assertFalse(reasons(old, ports("40")).get(0).contains("detectors.port-scan.ports is"));
    assertFalse(reasons(old, ports("many")).get(0).contains("detectors.port-scan.ports is"));
  }

  @Test
  void aShortNameOfASettingIsOneOfItsDetector() {
    Run old =
        Run.of(
            "old",
            List.of(alert().detector("volume").silencedBy("min-z above 9.7 (is 4.5)").get()));
    Run now = Run.of("new", List.of()).with(Map.of("detectors.volume.min-z", "12"));

    assertEquals(
        "detectors.volume.min-z is 12 in the new run, and above 9.7 it is silent",
        reasons(old, now).get(0));
  }

  @Test
  void aDetectorThatIsSwitchedOffIsAReason() {
    Run old = Run.of("old", List.of(alert().get()));
    Run now = Run.of("new", List.of()).with(Map.of("detectors.port-scan.enabled", "false"));

    assertEquals("detectors.port-scan.enabled is false in the new run", reasons(old, now).get(0));
  }

  @Test
  void twoAlertsThatBecameOneAreToldSo() {
    Alert first = alert().time(0, 2 * MINUTE).get();
    Alert second = alert().time(12 * MINUTE, 13 * MINUTE).get();
    Alert whole = alert().time(0, 13 * MINUTE).windows(10).get();

    Difference removed = only(compare(List.of(first, second), List.of(whole)), Kind.REMOVED);

    assertEquals(second, removed.old());
    assertEquals(
        "the new run tells it within the alert of 2026-03-01 12:00:00 to 12:13:00 UTC",
        removed.reasons().get(0));
  }

  @Test
  void withoutAnythingKnownTheBreakdownIsTheReason() {
    Alert lost = alert().score(42).term("failed ports", 40, "").term("inside", 2, "").get();
    List<Alert> kept = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      kept.add(alert().of("w" + i).score(60 + i).get());
    }
    List<Alert> before = new ArrayList<>(kept);
    before.add(lost);

    Difference removed = only(compare(before, kept), Kind.REMOVED);

    assertEquals(
        List.of(
            "the new run tells nothing that scores below 60",
            "score 42: failed ports 40, inside 2",
            "silent with detectors.port-scan.ports: 41"),
        removed.reasons());
  }

  @Test
  void moreReasonsThanAnyoneReadsAreCounted() {
    Told before = alert().score(70);
    Told after = alert().score(60);
    for (int i = 0; i < 50; i++) {
      before.term("t" + i, 1, "");
      after.term("t" + i, 2, "");
    }

    List<String> reasons = changed(before.get(), after.get());

    assertEquals(Reasons.MOST, reasons.size());
    assertEquals("and 43 more", reasons.get(reasons.size() - 1));
  }

  private static Run ports(String value) {
    return Run.of("new", List.of()).with(Map.of("detectors.port-scan.ports", value));
  }

  private static List<String> reasons(Run old, Run now) {
    return only(Comparison.of(old, now, CompareSettings.defaults()), Kind.REMOVED).reasons();
  }

  private static List<String> changed(Alert before, Alert after) {
    return only(compare(List.of(before), List.of(after)), Kind.CHANGED).reasons();
  }
}
