package io.tidemark.detect;

import static io.tidemark.detect.Windows.address;
import static io.tidemark.detect.Windows.workload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.Peer;
import io.tidemark.flow.Source;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** New peers where only addresses, ports and flags are known. */
final class FlowLogNoveltyTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Peer GRPC = workload("fraud-check");

  @Test
  void aConnectionThatWasOldForDaysIsNoNewsWhenItIsOpenedAgain() {
    TestEdge opened = TestEdge.egress(GRPC, 50051).answered(1).bytes(900, 900);

    List<Signal> unseen = seasoned(TestActivity.silence()).then(TestActivity.of(opened));
    List<Signal> old =
        seasoned(TestActivity.of(TestEdge.egress(GRPC, 50051).answeredOnly(1)))
            .then(TestActivity.of(opened));

    assertFalse(unseen.isEmpty(), "never seen");
    assertEquals(List.of(), old);
  }

  @Test
  void aConnectionThatWasOldForDaysSaysNothingOfAnotherPortOrPeer() {
    TestActivity pool = TestActivity.of(TestEdge.egress(GRPC, 50051).answeredOnly(1));

    assertFalse(
        seasoned(pool).then(TestActivity.of(TestEdge.egress(GRPC, 22).answered(1))).isEmpty());
    assertFalse(
        seasoned(pool)
            .then(TestActivity.of(TestEdge.egress(workload("vault"), 50051).answered(1)))
            .isEmpty());
  }

  @Test
  void aClientsPortThatWasTakenForAServersTeachesNothingOfTheOtherDirection() {
    Trial<NewPeer.State> trial = trial();
    // Its own server on 50051 is called; half of the time the lower port is the client's.
    trial.play(
        DAY.multipliedBy(3),
        MINUTE.multipliedBy(10),
        i -> regulars().with(TestEdge.egress(GRPC, 32_768 + i % 17_000).answeredOnly(1)));

    List<Signal> signals =
        trial.then(TestActivity.of(TestEdge.egress(GRPC, 50051).answered(1).bytes(900, 900)));

    assertEquals(1, signals.size());
  }

  @Test
  void oneServiceBehindManyAddressesIsToldOnce() {
    Trial<NewPeer.State> trial = seasoned(TestActivity.silence());
    double first = 0;
    double most = 0;

    for (int i = 0; i < 8; i++) {
      List<Signal> signals =
          trial.thenAfter(MINUTE.multipliedBy(20), call("62.59." + i + ".7", 443));
      double score = signals.stream().mapToDouble(Signal::score).max().orElse(0);
      first = i == 0 ? score : first;
      most = i == 0 ? most : Math.max(most, score);
    }

    assertTrue(first >= 60, "the first is told: " + first);
    assertTrue(most < 40, "the others are not: " + most);
  }

  @Test
  void anotherNetworkIsToldOnAnotherPortAndADayLater() {
    Trial<NewPeer.State> port = seasoned(TestActivity.silence());
    Trial<NewPeer.State> day = seasoned(TestActivity.silence());
    port.then(call("62.59.1.7", 443));
    day.then(call("62.59.1.7", 443));
    day.play(DAY, MINUTE.multipliedBy(10), i -> regulars());

    assertTrue(score(port.thenAfter(MINUTE, call("194.26.31.2", 4444))) >= 60);
    assertTrue(score(day.then(call("194.26.31.2", 443))) >= 60);
  }

  @Test
  void settingsAreCheckedAndNamed() {
    Exception wrong =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new NewPeer(5, 0.5, 9, 0.5, false, 2000, Duration.ofDays(7), DAY, 0.5, 0.25, 0.02));
    assertEquals("domain-bits must be 1 to 60: 0.5", wrong.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new NewPeer(5, 7, 9, 0.5, false, 9, Duration.ofDays(7), DAY, 0.5, 0.25, 0.02));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new NewPeer(
                Double.NaN, 7, 9, 0.5, false, 2000, Duration.ofDays(7), DAY, 0.5, 0.25, 0.02));
    assertThrows(
        IllegalArgumentException.class,
        () -> new NewPeer(5, 7, 9, 0.5, false, 2000, Duration.ZERO, DAY, 0.5, 0.25, 0.02));
  }

  private static double score(List<Signal> signals) {
    return signals.stream().mapToDouble(Signal::score).max().orElse(0);
  }

  private static TestActivity call(String address, int port) {
    return regulars().with(TestEdge.egress(address(address), port).answered(1).bytes(900, 900));
  }

  private static TestActivity regulars() {
    TestActivity activity = TestActivity.silence();
    IntStream.range(0, 8)
        .forEach(i -> activity.with(TestEdge.egress(workload("w" + i), 8080).answered(1)));
    return activity;
  }

  private static Trial<NewPeer.State> trial() {
    return new Trial<>(NewPeer.defaults(), Source.VPC_FLOW);
  }

  private static Trial<NewPeer.State> seasoned(TestActivity pool) {
    return trial()
        .play(DAY.multipliedBy(3), MINUTE.multipliedBy(10), i -> i % 2 == 0 ? regulars() : pool);
  }
}
