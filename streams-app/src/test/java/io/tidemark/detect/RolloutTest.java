package io.tidemark.detect;

import static io.tidemark.detect.Windows.domain;
import static io.tidemark.detect.Windows.workload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.Peer;
import io.tidemark.flow.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RolloutTest extends DetectorContract<Rollout.State> {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String OLD = "7d9f8b6c54";
  private static final String NEW = "5b8c94d7f6";
  private static final String SUFFIXES = "bcdfghjklmnpqrstvwxz";

  @Override
  Detector<Rollout.State> detector() {
    return Rollout.defaults();
  }

  @Override
  TestActivity ordinary(int index) {
    return serving(pod(OLD, index % 3), pod(OLD, (index + 1) % 3));
  }

  @Override
  List<TestActivity> deviation(int step) {
    String[] pods = new String[step + 1];
    for (int i = 0; i < pods.length; i++) {
      pods[i] = pod(NEW, i);
    }
    return List.of(serving(pods));
  }

  @Override
  TestActivity flood(int index) {
    TestActivity activity = TestActivity.silence();
    for (int i = 0; i < 200; i++) {
      String pod = pod("6" + "bcdf456789".repeat(2).substring(i % 10, i % 10 + 9), i + index);
      activity.with(TestEdge.egress(workload("w" + i), 80).answered(1).pods(pod));
    }
    return activity;
  }

  @Override
  int largestState() {
    return 1_300;
  }

  @Test
  void aRollingUpdateIsOneEventOfNoUrgency() {
    Trial<Rollout.State> trial = seasonedHere();
    List<Signal> told = new ArrayList<>();

    for (int minute = 0; minute < 180; minute++) {
      int moved = Math.min(3, minute);
      String[] pods = new String[3];
      for (int i = 0; i < 3; i++) {
        pods[i] = pod(i < moved ? NEW : OLD, i);
      }
      told.addAll(trial.thenAfter(Duration.ofSeconds(50), serving(pods)));
    }

    assertEquals(1, told.size());
    assertTrue(told.get(0).score() < 40, "information: " + told.get(0).score());
    assertEquals(Signal.EVENT, told.get(0).subjectKind());
    assertTrue(told.get(0).summary().contains(NEW), told.get(0).summary());
  }

  @Test
  void aSinglePodIsANewVersionOnlyWhenItStays() {
    Trial<Rollout.State> trial = seasonedHere();

    List<Signal> first = trial.then(serving(pod(OLD, 0), pod(NEW, 0)));
    List<Signal> later = trial.thenAfter(MINUTE, serving(pod(OLD, 0), pod(NEW, 0)));

    assertEquals(List.of(), first);
    assertEquals(1, later.size());
  }

  @Test
  void scalingAndDrainingAndComingBackAreNoRollouts() {
    Trial<Rollout.State> trial = seasonedHere();
    List<Signal> told = new ArrayList<>();

    // From 3 to 60 pods and back, each pod on four edges, and every pod replaced once.
    for (int minute = 0; minute < 240; minute++) {
      int replicas = minute < 120 ? Math.min(60, 3 + minute) : 3;
      TestActivity activity = TestActivity.silence();
      for (int i = 0; i < replicas; i += 4) {
        String[] pods = new String[4];
        for (int j = 0; j < 4; j++) {
          pods[j] = pod(OLD, minute / 30 * 100 + i + j);
        }
        activity.with(TestEdge.egress(workload("db-" + i), 5432).answered(1).pods(pods));
      }
      told.addAll(trial.thenAfter(Duration.ofSeconds(50), activity));
    }

    assertEquals(List.of(), told);
  }

  @Test
  void blueAndGreenAreToldOnceEach() {
    Trial<Rollout.State> trial = seasonedHere();
    List<Signal> told = new ArrayList<>();

    for (int hour = 0; hour < 48; hour++) {
      String template = hour % 8 < 4 ? NEW : OLD;
      told.addAll(
          trial.thenAfter(MINUTE.multipliedBy(60), serving(pod(template, 0), pod(template, 1))));
    }

    assertEquals(1, told.size());
  }

  @Test
  void podsWithATemplateEachAreNoVersions() {
    Trial<Rollout.State> trial = seasonedHere();
    List<Signal> told = new ArrayList<>();

    for (int run = 0; run < 48; run++) {
      String template = "bcdf456789bcdf456789".substring(run % 10, run % 10 + 9) + run % 10;
      for (int minute = 0; minute < 5; minute++) {
        List<Signal> signals = trial.thenAfter(MINUTE, serving(pod(template, run)));
        if (run > Replicas.CHURN) {
          told.addAll(signals);
        }
      }
      trial.thenAfter(MINUTE.multipliedBy(20), serving(pod(template, run)));
    }

    assertEquals(List.of(), told);
  }

  @Test
  void whatTwoPodsOfTheNewVersionDoIsExpectedAndWhatOneOldPodDoesIsOdd() {
    TestEdge byNew =
        TestEdge.egress(workload("cache"), 6379).answered(2).pods(pod(NEW, 0), pod(NEW, 1));
    TestEdge byOne = TestEdge.egress(workload("cache"), 6379).answered(2).pods(pod(OLD, 2));

    double expected = score(duringRollout(byNew));
    double odd = score(duringRollout(byOne));
    double usual = score(seasonedPeers().then(serving(pod(OLD, 2)).with(byOne)));

    assertTrue(expected > 0 && expected < 40, "not published: " + expected);
    assertTrue(odd > usual, odd + " beside its equals, " + usual + " without");
    assertTrue(odd >= 60, "an alarm: " + odd);
  }

  @Test
  void anAttackDuringARolloutIsStillFound() {
    Prevalence nobody = (direction, peer) -> 0;
    TestEdge rare =
        TestEdge.egress(domain("c2.example"), 443).answered(1).bytes(9, 9).pods(pod(NEW, 0));
    TestEdge oneOfTwo =
        TestEdge.egress(workload("vault"), 8200).answered(1).bytes(9, 9).pods(pod(NEW, 1));

    Trial<NewPeer.State> first = seasonedPeers().knowing(nobody);
    double singlePod = score(first.then(serving(pod(OLD, 0), pod(OLD, 1)).with(rare)));
    double amongTwo = score(duringRollout(oneOfTwo));

    assertTrue(singlePod >= 60, "a rare domain from the only new pod: " + singlePod);
    assertTrue(amongTwo >= 40, "one of two new pods: " + amongTwo);
  }

  @Test
  void aNewVersionIsNotExcusedInAnothersNamespaceUnlessManyShareTheService() {
    Peer vault = Peer.of(new Workload("prod", "security", "vault"));
    TestEdge byTwo =
        TestEdge.egress(vault, 8200).answered(1).bytes(9, 9).pods(pod(NEW, 0), pod(NEW, 1));
    Prevalence few = (direction, peer) -> 0.03;
    Prevalence many = (direction, peer) -> peer.equals(vault) ? 0.2 : 0.03;

    double ofFew = score(duringRollout(few, byTwo));
    double shared = score(duringRollout(many, byTwo));

    assertTrue(ofFew >= 40, "told: " + ofFew);
    assertTrue(shared > 0 && shared < 40, "not published: " + shared);
  }

  @Test
  void aDomainThatNobodyKnowsIsToldThoughTheWholeNewVersionCallsIt() {
    TestEdge byTwo =
        TestEdge.egress(domain("c2.example"), 443).answered(1).pods(pod(NEW, 0), pod(NEW, 1));

    double inRollout = score(duringRollout((direction, peer) -> 0, byTwo));
    double without =
        score(
            seasonedPeers()
                .knowing((direction, peer) -> 0)
                .then(
                    TestActivity.of(
                        TestEdge.egress(domain("c2.example"), 443).answered(1).pods(pod(OLD, 1)))));

    assertTrue(inRollout >= 40, "told: " + inRollout);
    assertTrue(inRollout < without, inRollout + " in a rollout, " + without + " without");
  }

  @Test
  void aNewPortOfTheNewVersionIsExpectedToo() {
    Trial<PortUse.State> trial = new Trial<>(PortUse.defaults());
    trial.play(Duration.ofDays(4), MINUTE.multipliedBy(10), this::ordinary);
    TestEdge metrics =
        TestEdge.ingress(workload("web"), 9100).answered(2).pods(pod(NEW, 0), pod(NEW, 1));

    double score = score(trial.then(serving(pod(NEW, 0), pod(NEW, 1)).with(metrics)));

    assertTrue(score > 0 && score < 40, "not published: " + score);
  }

  @Test
  void badSettingsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Rollout(Duration.ofHours(2)));
    assertThrows(IllegalArgumentException.class, () -> new Rollout(Duration.ofSeconds(-1)));
  }

  private Trial<Rollout.State> seasonedHere() {
    return new Trial<>(Rollout.defaults()).play(Duration.ofHours(4), MINUTE, this::ordinary);
  }

  private Trial<NewPeer.State> seasonedPeers() {
    return new Trial<>(NewPeer.defaults())
        .play(Duration.ofDays(4), MINUTE.multipliedBy(10), this::ordinary);
  }

  /** Two pods of the new version have come, the old ones are still there. */
  private List<Signal> duringRollout(TestEdge edge) {
    return duringRollout(Prevalence.UNKNOWN, edge);
  }

  private List<Signal> duringRollout(Prevalence fleet, TestEdge edge) {
    Trial<NewPeer.State> trial = seasonedPeers().knowing(fleet);
    TestActivity both = serving(pod(OLD, 0), pod(OLD, 1), pod(NEW, 0), pod(NEW, 1));
    trial.then(both);
    return trial.then(serving(pod(OLD, 0), pod(OLD, 1), pod(NEW, 0), pod(NEW, 1)).with(edge));
  }

  @Test
  void anOrdinaryWebPortIsNoNewsOfANewVersionThoughItsFirstPodIsAlone() {
    Trial<PortUse.State> trial = new Trial<>(PortUse.defaults());
    trial.play(Duration.ofDays(4), MINUTE.multipliedBy(10), this::ordinary);
    trial.then(serving(pod(OLD, 0), pod(NEW, 0), pod(NEW, 1)));
    Trial<PortUse.State> other = new Trial<>(PortUse.defaults());
    other.play(Duration.ofDays(4), MINUTE.multipliedBy(10), this::ordinary);
    other.then(serving(pod(OLD, 0), pod(NEW, 0), pod(NEW, 1)));

    double web =
        score(
            trial.then(
                serving(pod(OLD, 0))
                    .with(
                        TestEdge.egress(domain("api.example"), 443)
                            .answered(1)
                            .pods(pod(NEW, 0)))));
    double shell =
        score(
            other.then(
                serving(pod(OLD, 0))
                    .with(
                        TestEdge.egress(domain("api.example"), 4444)
                            .answered(1)
                            .pods(pod(NEW, 0)))));

    assertTrue(web > 0 && web < 40, "not published: " + web);
    assertTrue(shell >= 40, "told: " + shell);
  }

  private static double score(List<Signal> signals) {
    return signals.stream().mapToDouble(Signal::score).max().orElse(0);
  }

  private static TestActivity serving(String... pods) {
    return TestActivity.of(
        TestEdge.ingress(workload("web"), 8080).answered(3).pods(pods),
        TestEdge.egress(workload("cart"), 8080).answered(3).pods(pods),
        TestEdge.egress(workload("stock"), 8080).answered(3).pods(pods));
  }

  private static String pod(String template, int serial) {
    StringBuilder suffix = new StringBuilder();
    for (int i = 0, rest = serial; i < 5; i++, rest /= SUFFIXES.length()) {
      suffix.append(SUFFIXES.charAt(rest % SUFFIXES.length()));
    }
    return "api-" + template + '-' + suffix;
  }
}
