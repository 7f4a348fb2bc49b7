package io.tidemark.detect;

import static io.tidemark.detect.Windows.workload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.state.Codec;
import io.tidemark.state.CodecContract;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ReplicasTest {

  private static final Codec<Replicas> CODEC =
      new Codec<>() {
        @Override
        public void write(Replicas replicas, StateWriter out) {
          replicas.write(out);
        }

        @Override
        public Replicas read(StateReader in) {
          return Replicas.read(in);
        }
      };

  @Test
  void aWindowThatTellsNothingNewChangesNothing() {
    TestActivity activity = by("api-7d9f8b6c54-x2x7q", "api-7d9f8b6c54-bbbbb");
    Replicas replicas = Replicas.NONE.after(activity.build(), Windows.START);

    assertSame(replicas, replicas.after(activity.build(), Windows.START + Windows.LENGTH));
    assertSame(replicas, replicas.after(by("kafka-0").build(), Windows.START));
  }

  @Test
  void itIsBoundedHoweverManyPodsComeAndGo() {
    long seed = 5;
    Random random = new Random(seed);
    Replicas replicas = Replicas.NONE;

    for (int i = 0; i < 5_000; i++) {
      String template = "7d9f8b6" + (100 + random.nextInt(100));
      String pod = "api-" + template + '-' + "bcdfghjklm".substring(i % 6, i % 6 + 5);
      replicas = replicas.after(by(pod).build(), Windows.START + i * Windows.LENGTH);
      assertTrue(CODEC.toBytes(replicas).length <= 1_400, "seed " + seed);
    }

    assertEquals(Replicas.REVISIONS_KEPT, replicas.size());
  }

  @Test
  void theyAreWrittenAsPinned() {
    Replicas replicas =
        Replicas.NONE
            .after(by("api-7d9f8b6c54-x2x7q").build(), Windows.START)
            .after(by("api-5b8c94d7f6-x2x7q").build(), Windows.START + 2 * Novelty.HOUR);

    CodecContract.check(ReplicasTest.class, "replicas", CODEC, replicas);
  }

  private static TestActivity by(String... pods) {
    return TestActivity.of(TestEdge.egress(workload("db"), 5432).answered(1).pods(pods));
  }
}
