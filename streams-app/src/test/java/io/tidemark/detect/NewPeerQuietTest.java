package io.tidemark.detect;

import static io.tidemark.detect.Windows.workload;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NewPeerQuietTest {

  @Test
  void aFleetWithRarePeersStaysQuiet() {
    // Surprise alone gave 0.39 with up to 20 rare peers.
    assertQuiet(4, 0.1);
    assertQuiet(20, 0.2);
    assertQuiet(200, 0.15);
  }

  /** 40 workloads with 4 regular peers and up to so many that each meets once a day or so. */
  private static void assertQuiet(int mostRare, double budget) {
    long seed = 7;
    Random random = new Random(seed);
    int alerts = 0;
    int days = 7;
    for (int each = 0; each < 40; each++) {
      int rare = random.nextInt(mostRare + 1);
      Trial<NewPeer.State> trial = new Trial<>(NewPeer.defaults());
      for (int window = 0; window < days * 24 * 6; window++) {
        TestActivity activity = TestActivity.silence();
        for (int peer = 0; peer < 4; peer++) {
          activity.with(TestEdge.egress(workload("regular-" + peer), 80).answered(1));
        }
        for (int peer = 0; peer < rare; peer++) {
          if (random.nextInt(24 * 6) == 0) {
            activity.with(TestEdge.egress(workload("rare-" + peer), 80).answered(1));
          }
        }
        alerts += trial.thenAfter(Duration.ofSeconds(590), activity).size();
      }
    }
    double perDay = alerts / 40.0 / (days - 1);
    assertTrue(
        perDay <= budget,
        perDay + " alerts per workload and day, " + mostRare + " rare peers, seed " + seed);
  }
}
