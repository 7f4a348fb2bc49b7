package io.tidemark.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.AddressBook;
import io.tidemark.flow.AddressHistory;
import io.tidemark.flow.Endpoint;
import io.tidemark.flow.Flow;
import io.tidemark.flow.Intervals;
import io.tidemark.flow.Phase;
import io.tidemark.flow.Source;
import io.tidemark.flow.Vantage;
import io.tidemark.flow.Verdict;
import io.tidemark.flow.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FoldTest {

  private static final long T = RandomFlows.T;
  private static final long TEN_YEARS = 3_652L * 86_400_000;
  private static final String WEB = "default/shop/web";
  private static final String DB = "default/shop/db";
  private static final Endpoint WEB_POD = pod("10.0.0.1", "web-7d9f8c6b5-x7k2p");
  private static final Endpoint DB_POD = pod("10.0.0.2", "db-0");

  @Test
  void aConnectionSeenAtBothEndsInTwoPartitionsCountsOnce() {
    Folding client = new Folding();
    Folding server = new Folding();
    client.timed(flow(T, Vantage.CLIENT, Phase.OPENED, false, 100));
    server.timed(flow(T + 1, Vantage.SERVER, Phase.OPENED, false, 90));

    Activity web = client.flush().activity(WEB).orElseThrow();
    web.merge(server.flush().activity(WEB).orElseThrow());

    Edge edge = web.edges().values().iterator().next();
    assertEquals(1, edge.connections());
    assertEquals(1, edge.opened());
    assertEquals(1, web.egress().flows());
    assertEquals(100, edge.bytesToServer());
    assertEquals(2, edge.records());
  }

  @Test
  void aReplyBelongsToTheConnectionAndItsBytesGoTheOtherWay() {
    Folding folding = new Folding();
    folding.timed(flow(T, Vantage.CLIENT, Phase.OPENED, false, 100));
    folding.timed(flow(T + 5, Vantage.CLIENT, Phase.ANSWERED, true, 5_000));
    folding.flush();

    Activity web = folding.activity(WEB).orElseThrow();
    Edge edge = web.edges().values().iterator().next();
    assertEquals(1, edge.connections());
    assertEquals(1, edge.answered());
    assertEquals(100, edge.bytesToServer());
    assertEquals(5_000, edge.bytesToClient());
    assertEquals(100, web.egress().bytesOut());
    assertEquals(5_000, web.egress().bytesIn());
    Activity db = folding.activity(DB).orElseThrow();
    assertEquals(5_000, db.ingress().bytesOut());
    assertEquals(100, db.ingress().bytesIn());
  }

  @Test
  void aDropToldByPolicyVerdictAndByDropEventCountsOnce() {
    Folding folding = new Folding();

    Fold.Outcome verdict = folding.timed(denied(T, Phase.OPENED));
    Fold.Outcome drop = folding.timed(denied(T + 1, Phase.ONGOING));

    Activity web = folding.flush().activity(WEB).orElseThrow();
    Edge edge = web.edges().values().iterator().next();
    assertEquals(1, edge.denied());
    assertEquals(1, web.egress().denied());
    assertEquals(2, edge.deniedRecords());
    assertEquals("POLICY_DENIED", edge.dropReason());
    assertTrue(edge.failed());
    assertEquals(List.of(Fold.Outcome.FOLDED, Fold.Outcome.DUPLICATE), List.of(verdict, drop));
  }

  @Test
  void anAmountThatIsDeliveredTwiceIsSummedOnce() {
    Folding folding = new Folding();

    folding.timed(flow(T, Vantage.CLIENT, Phase.ONGOING, false, 100));
    Fold.Outcome again = folding.timed(flow(T, Vantage.CLIENT, Phase.ONGOING, false, 100));

    assertEquals(Fold.Outcome.DUPLICATE, again);
    Activity web = folding.flush().activity(WEB).orElseThrow();
    assertEquals(100, web.egress().bytesOut());
  }

  @Test
  void latenessIsThisPartitionsOwnAndToTheMillisecond() {
    Folding folding = new Folding();
    folding.timed(at(T + 9_000));

    assertEquals(Fold.Outcome.FOLDED, folding.timed(ported(T + 9_000 - Folding.LATENESS, 1)));
    assertEquals(Fold.Outcome.LATE, folding.timed(at(T + 9_000 - Folding.LATENESS - 1)));
    assertEquals(Fold.Outcome.FOLDED, new Folding().timed(at(T)));
    assertEquals(1, folding.progress.tally().late());
  }

  @Test
  void aWindowClosesWhenNoFlowInTimeCanReachIt() {
    Folding folding = new Folding();
    folding.timed(at(T));

    folding.timed(at(T + Folding.LENGTH + Folding.LATENESS - 1));
    assertTrue(folding.traffic().isEmpty());
    folding.timed(at(T + Folding.LENGTH + Folding.LATENESS));

    assertEquals(T + Folding.LENGTH, folding.through());
    assertEquals(2, folding.traffic().size());
    assertEquals(1, folding.watermarks().stream().mapToLong(Fact.Watermark::records).sum());
  }

  @ParameterizedTest(name = "at place {0}")
  @ValueSource(ints = {0, 1, 20, 59})
  void oneRecordTenYearsAheadClosesNobodysWindows(int place) {
    Folding folding = new Folding();

    for (int i = 0; i < 60; i++) {
      if (i == place) {
        folding.untimed(at(T + TEN_YEARS));
      }
      assertEquals(Fold.Outcome.FOLDED, folding.untimed(ported(T + i * 1_000L, 1_000 + i)), "" + i);
    }
    folding.flush();

    assertEquals(T + 60_000, folding.through());
    assertEquals(0, folding.progress.tally().late());
    assertEquals(
        60,
        folding.traffic().stream()
            .filter(fact -> fact.workload().key().equals(WEB))
            .mapToLong(fact -> fact.activity().egress().flows())
            .sum());
  }

  @Test
  void sixteenInARowCloseThem() {
    Folding folding = new Folding();
    for (int i = 0; i < 20; i++) {
      folding.untimed(ported(T + i, 1_000 + i));
    }

    for (int i = 0; i < EventClock.WITNESSES; i++) {
      folding.untimed(ported(T + TEN_YEARS + i, 1_000 + i));
    }

    assertTrue(folding.through() > T + TEN_YEARS - Folding.LENGTH - Folding.LATENESS);
    assertEquals(15, folding.progress.tally().ahead());
  }

  @Test
  void aLossNoticeMarksTheWindowsItSpansBeforeTheyAreComplete() {
    Folding folding = new Folding();
    folding.timed(at(T + 500));
    folding.timed(at(T + 24_000));

    // The window in the middle has no flow of its own here; elsewhere it may have.
    folding.lost(T + 9_000, T + 20_500, 7);
    folding.flush();

    List<Long> marked = lossesBeforeTheirWatermark(folding);
    assertEquals(List.of(T + 10_000, T + 20_000), marked);
  }

  @Test
  void aLossNoticeFromFarAheadOpensNoWindows() {
    Folding folding = new Folding();
    folding.timed(at(T));

    folding.lost(T + TEN_YEARS, T + TEN_YEARS, 7);
    folding.lost(T, T + TEN_YEARS, Long.MAX_VALUE);

    assertTrue(folding.progress.windows.size() <= 1 + EventClock.LEAP / Folding.LENGTH + 1);
  }

  @Test
  void anInputAtItsEndIsIdleUntilTheNextFlow() {
    Folding folding = new Folding();
    folding.timed(at(T));
    folding.flush();
    assertTrue(folding.watermarks().get(folding.watermarks().size() - 1).idle());

    folding.timed(at(T + Folding.LENGTH));

    Fact.Watermark last = folding.watermarks().get(folding.watermarks().size() - 1);
    assertFalse(last.idle());
    assertEquals(T + Folding.LENGTH, last.through());
  }

  @Test
  void readingThatBeginsAnewRepeatsTheLastWatermarkOnceAwake() {
    Folding folding = new Folding();
    folding.timed(at(T));
    folding.timed(at(T + 20_000));
    folding.told.clear();

    folding.restart().timed(at(T + 21_000));
    folding.timed(at(T + 22_000));

    long through = T + Folding.LENGTH;
    Fact.Watermark awake = new Fact.Watermark(Source.HUBBLE, 0, 1, through, 0, false);
    assertEquals(List.of(awake), folding.told);
  }

  @Test
  void anIdlePartitionThatIsReadAnewSaysThatItIsAwakeAndThenRepeatsIt() {
    Folding folding = new Folding();
    folding.timed(at(T));
    folding.flush();
    folding.told.clear();

    folding.restart().timed(at(T + 60_000));

    long through = T + Folding.LENGTH;
    Fact.Watermark awake = new Fact.Watermark(Source.HUBBLE, 0, 1, through, 0, false);
    assertEquals(List.of(awake, awake), folding.told.subList(0, 2));
  }

  @Test
  void anIdlePartitionSaysSoAgainWithWhatItHad() {
    Folding folding = new Folding();
    folding.timed(at(T));
    folding.flush();
    folding.told.clear();

    folding.flush();
    folding.restart().flush();

    Fact.Watermark idle = new Fact.Watermark(Source.HUBBLE, 0, 1, T + Folding.LENGTH, 0, true);
    assertEquals(List.of(idle, idle), folding.told);
  }

  @Test
  void anEmptyInputIsIdleFromTheStart() {
    Folding folding = new Folding().flush();

    assertEquals(List.of(new Fact.Watermark(Source.HUBBLE, 0, 1, 0, 0, true)), folding.told);
  }

  @Test
  void flowsBetweenOutsidersMoveTheWatermarkToo() {
    Folding folding = new Folding();
    Endpoint one = Endpoint.ofAddress("203.0.113.1");
    Endpoint two = Endpoint.ofAddress("203.0.113.2");

    folding.timed(between(one, two, T));
    folding.timed(between(one, two, T + 60_000));

    assertTrue(folding.traffic().isEmpty());
    assertEquals(T + 50_000, folding.through());
    assertEquals(1, folding.watermarks().stream().mapToLong(Fact.Watermark::records).sum());
  }

  @ParameterizedTest(name = "known at {0} ms after the window began: {1}")
  @CsvSource({"0, true", "14999, true", "15000, true", "15001, false"})
  void anAddressIsResolvedWhenItsWindowClosesByWhatWasKnownInTime(long known, boolean used) {
    Intervals addresses = new Intervals();
    addresses.add(
        "10.5.0.1",
        new AddressBook.Owner(Workload.ofKey("default/jobs/batch"), "Job"),
        T + 2_000,
        AddressHistory.OPEN,
        T + known);
    Folding folding = new Folding(addresses);

    folding.timed(between(Endpoint.ofAddress("10.5.0.1"), DB_POD, T + 3_000));
    folding.flush();

    assertEquals(used, folding.activity("default/jobs/batch").isPresent());
    assertEquals(!used, folding.activity("default//10.5.0.1").isPresent());
    String peer = folding.activity(DB).orElseThrow().edges().keySet().iterator().next().peer().id();
    assertEquals(used ? "default/jobs/batch" : "default//10.5.0.1", peer);
  }

  @Test
  void flowsOfOneWorkloadUnderItsNameAndItsAddressAreOneFact() {
    Intervals addresses = new Intervals();
    addresses.add(
        "10.0.0.1",
        new AddressBook.Owner(Workload.ofKey(WEB), "Deployment"),
        T - 1,
        AddressHistory.OPEN,
        AddressHistory.ALWAYS);
    Folding folding = new Folding(addresses);

    folding.timed(between(WEB_POD, DB_POD, T));
    folding.timed(between(Endpoint.ofAddress("10.0.0.1"), DB_POD, T + 1));
    folding.flush();

    assertEquals(2, folding.traffic().size());
    Activity web = folding.activity(WEB).orElseThrow();
    assertEquals(1, web.egress().flows());
    assertEquals("Deployment", web.kind());
  }

  @Test
  void coordinatesOfManyInputsAreTheSmallestInEveryOrder() {
    for (int[] order : new int[][] {{0, 1, 2, 3, 4, 5}, {5, 4, 3, 2, 1, 0}, {3, 0, 5, 1, 4, 2}}) {
      Edge sum = new Edge(new EdgeKey(io.tidemark.flow.Direction.EGRESS, peer(), Flow.TCP, 80));
      for (int partition : order) {
        Fold.Place place = new Fold.Place(Source.HUBBLE, "raw", partition, 6);
        sum.add(
            new Sighting(at(T), 1, Sighting.Outcome.OPENED, false, false, place, 10 + partition));
      }

      assertEquals(
          List.of(0, 1, 2, 3), sum.coordinates().stream().map(Coordinates::partition).toList());
    }
  }

  private static List<Long> lossesBeforeTheirWatermark(Folding folding) {
    long through = Long.MIN_VALUE;
    List<Long> marked = new java.util.ArrayList<>();
    for (Fact fact : folding.told) {
      if (fact instanceof Fact.Watermark watermark) {
        through = watermark.through();
      } else if (fact instanceof Fact.Loss loss && loss.windowStart() >= through) {
        marked.add(loss.windowStart());
        assertEquals(7, loss.lost());
      }
    }
    return marked;
  }

  private static io.tidemark.flow.Peer peer() {
    return io.tidemark.flow.Peer.of(Workload.ofKey(DB));
  }

  private static Flow at(long time) {
    return ported(time, 40_000);
  }

  private static Flow ported(long time, int clientPort) {
    return flow(
        time,
        WEB_POD,
        DB_POD,
        clientPort,
        Verdict.FORWARDED,
        Vantage.CLIENT,
        Phase.OPENED,
        false,
        -1);
  }

  private static Flow between(Endpoint client, Endpoint server, long time) {
    return flow(
        time, client, server, 40_000, Verdict.FORWARDED, Vantage.CLIENT, Phase.OPENED, false, -1);
  }

  private static Flow denied(long time, Phase phase) {
    return flow(time, WEB_POD, DB_POD, 40_000, Verdict.DROPPED, Vantage.CLIENT, phase, false, -1);
  }

  private static Flow flow(long time, Vantage vantage, Phase phase, boolean reply, long bytes) {
    return flow(time, WEB_POD, DB_POD, 40_000, Verdict.FORWARDED, vantage, phase, reply, bytes);
  }

  private static Flow flow(
      long time,
      Endpoint client,
      Endpoint server,
      int clientPort,
      Verdict verdict,
      Vantage vantage,
      Phase phase,
      boolean reply,
      long bytes) {
    return new Flow(
        Source.HUBBLE,
        time,
        client,
        server,
        Flow.TCP,
        clientPort,
        5432,
        verdict,
        verdict == Verdict.DROPPED ? "POLICY_DENIED" : null,
        vantage,
        phase,
        reply,
        bytes,
        bytes < 0 ? -1 : 1,
        1,
        false,
        null,
        false);
  }

  private static Endpoint pod(String address, String name) {
    return new Endpoint(address, null, "shop", name, null, null, null, null, List.of());
  }
}
