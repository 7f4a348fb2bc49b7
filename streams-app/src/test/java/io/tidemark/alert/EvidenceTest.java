package io.tidemark.alert;

import static io.tidemark.alert.TestAlerts.episodes;
import static io.tidemark.alert.TestAlerts.finding;
import static io.tidemark.alert.TestAlerts.seen;
import static io.tidemark.alert.TestAlerts.step;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemark.detect.Signal;
import io.tidemark.detect.Signal.Evidence;
import io.tidemark.window.Coordinates;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvidenceTest {

  @Test
  void theSameThingSeenAgainIsAddedUp() {
    Episodes episodes = episodes();
    step(episodes, 0, finding("p", 72, 0));

    Alert alert = step(episodes, 1, finding("p", 72, 1)).get(0);

    assertEquals(
        List.of(
            new Evidence(
                "p",
                4444,
                "TCP",
                "cart-7f9c",
                14,
                2,
                28,
                List.of(new Coordinates("tidemark.raw.hubble", 3, 100, 111)))),
        alert.evidence());
  }

  @Test
  void whereJudgedTimesOverlapNothingIsCountedTwice() {
    Episodes episodes = episodes();
    step(episodes, 0, finding("p", 72, 0));

    Alert alert = step(episodes, 1, finding("p", 72, 0, List.of(seen("p", 4444, 9, 0)))).get(0);

    assertEquals(9, alert.evidence().get(0).connections());
    assertEquals(18, alert.evidence().get(0).records());
  }

  @Test
  void theStrongestSignalsEvidenceComesFirst() {
    Episodes episodes = episodes();
    step(episodes, 0, finding("p", 72, 0, ports(0, 3, 0)));

    Alert alert = step(episodes, 1, finding("p", 90, 1, ports(2, 5, 1))).get(0);

    assertEquals(List.of(2, 3, 4, 0, 1), alert.evidence().stream().map(Evidence::port).toList());
    assertEquals(14, alert.evidence().get(0).connections());
  }

  @Test
  void evidenceIsBoundedHoweverLongAnEpisodeLasts() {
    Episodes episodes = episodes();
    for (int n = 0; n < 50; n++) {
      step(episodes, n, finding("p", 72, n, ports(n * 20, n * 20 + 20, n)));
    }

    List<Evidence> kept = episodes.finalStates().get(0).evidence();

    assertEquals(Signal.EVIDENCE_KEPT, kept.size());
    assertEquals(0, kept.get(0).port());
  }

  @Test
  void coordinatesOfOneThingAreBounded() {
    List<Coordinates> partitions = new ArrayList<>();
    for (int partition = 9; partition >= 0; partition--) {
      partitions.add(new Coordinates("in", partition, 5, 6));
      partitions.add(new Coordinates("in", partition, 1, 2));
    }
    Evidence scattered = new Evidence("p", 80, "TCP", "", 1, 0, 20, partitions);

    Alert alert = step(episodes(), 0, finding("p", 72, 0, List.of(scattered))).get(0);

    assertEquals(
        List.of(
            new Coordinates("in", 0, 1, 6),
            new Coordinates("in", 1, 1, 6),
            new Coordinates("in", 2, 1, 6),
            new Coordinates("in", 3, 1, 6)),
        alert.evidence().get(0).coordinates());
  }

  @Test
  void countsThatDoNotFitStayAtTheLargest() {
    Episodes episodes = episodes();
    Evidence huge = new Evidence("p", 80, "TCP", "", Long.MAX_VALUE - 1, 0, 1, List.of());
    step(episodes, 0, finding("p", 72, 0, List.of(huge)));

    Alert alert = step(episodes, 1, finding("p", 72, 1, List.of(huge))).get(0);

    assertEquals(Long.MAX_VALUE, alert.evidence().get(0).connections());
  }

  private static List<Evidence> ports(int from, int to, long n) {
    List<Evidence> evidence = new ArrayList<>();
    for (int port = from; port < to; port++) {
      evidence.add(seen("p", port, 7, n));
    }
    return evidence;
  }
}
