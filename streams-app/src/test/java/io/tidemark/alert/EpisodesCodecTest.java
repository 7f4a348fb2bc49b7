package io.tidemark.alert;

import static io.tidemark.alert.TestAlerts.CART;
import static io.tidemark.alert.TestAlerts.SETTINGS;
import static io.tidemark.alert.TestAlerts.episodes;
import static io.tidemark.alert.TestAlerts.finding;
import static io.tidemark.alert.TestAlerts.step;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.detect.Signal;
import io.tidemark.detect.Signal.Contribution;
import io.tidemark.detect.Signal.Evidence;
import io.tidemark.detect.Signal.Measure;
import io.tidemark.flow.Source;
import io.tidemark.state.Codec;
import io.tidemark.state.StateFormatException;
import io.tidemark.window.Coordinates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpisodesCodecTest {

  private static final Codec<Episodes> CODEC = Episodes.codec(CART, Source.HUBBLE, SETTINGS);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void encodingBetweenStepsChangesNothing(long seed) {
    Random findings = new Random(seed);
    Random restarts = new Random(seed + 1000);
    Episodes kept = episodes();
    Episodes restored = episodes();

    for (int n = 0; n < 600; n++) {
      Finding[] some = TestAlerts.some(findings, n);
      List<Alert> expected = step(kept, n, some);
      assertEquals(expected, step(restored, n, some), "seed " + seed + " window " + n);
      assertEquals(kept.due(), restored.due(), "seed " + seed + " window " + n);
      if (restarts.nextInt(3) == 0) {
        restored = CODEC.fromBytes(CODEC.toBytes(restored));
      }
    }

    assertEquals(kept.finalStates(), restored.finalStates(), "seed " + seed);
    assertEquals(kept.crowdedOut(), restored.crowdedOut(), "seed " + seed);
    assertArrayEquals(CODEC.toBytes(kept), CODEC.toBytes(restored), "seed " + seed);
  }

  @Test
  void textThatIsNotWellFormedSurvivesARestart() {
    Episodes episodes = episodes();
    step(episodes, 0, finding("bad\uD800peer\uDC00", 72, 0));

    Episodes restored = CODEC.fromBytes(CODEC.toBytes(episodes));

    assertEquals(episodes.finalStates(), restored.finalStates());
    assertEquals(1, step(restored, 1, finding("bad\uD800peer\uDC00", 72, 1)).size());
    assertEquals(1, restored.size());
  }

  @Test
  void theWrittenFormStaysWhatItIs() {
    Episodes episodes = episodes();
    step(episodes, 0, finding("p", 72, 0));

    String written = HexFormat.of().formatHex(CODEC.toBytes(episodes));

    assertEquals(TestAlerts.golden("episodes.hex").strip(), written);
  }

  /** When the first version was written, whatever was worth telling had been told. */
  @Test
  void whatTheFirstVersionWroteIsReadAndWasTold() {
    Episodes episodes = episodes();
    step(episodes, 0, finding("p", 72, 0));
    byte[] first = HexFormat.of().parseHex(TestAlerts.golden("episodes-1.hex").strip());

    Episodes read = CODEC.fromBytes(first);

    assertEquals(episodes.finalStates(), read.finalStates());
    assertArrayEquals(CODEC.toBytes(episodes), CODEC.toBytes(read));
  }

  @Test
  void theLargestStateFitsIntoARecordOfATopic() {
    Episodes episodes = episodes();
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      findings.add(huge(i));
    }

    step(episodes, 0, findings.toArray(Finding[]::new));

    assertEquals(Episodes.MOST_OPEN, episodes.size());
    int bytes = CODEC.toBytes(episodes).length;
    assertTrue(bytes < 1_000_000, "bytes: " + bytes);
  }

  @Test
  void damagedBytesAreRefused() {
    Episodes episodes = episodes();
    step(episodes, 0, finding("p", 72, 0));
    byte[] whole = CODEC.toBytes(episodes);

    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThrows(StateFormatException.class, () -> CODEC.fromBytes(cut), "length " + length);
    }
    byte[] other = whole.clone();
    other[0] = EpisodesCodec.VERSION + 1;
    assertThrows(StateFormatException.class, () -> CODEC.fromBytes(other));
  }

  private static Finding huge(int i) {
    List<Contribution> terms = new ArrayList<>();
    List<Measure> measures = new ArrayList<>();
    List<Evidence> evidence = new ArrayList<>();
    List<String> silenced = new ArrayList<>();
    for (int n = 0; n < 30; n++) {
      String name = i + "-" + n + "x".repeat(5000);
      terms.add(new Contribution(name, n, name));
      measures.add(new Measure(name, name, n, n, n, n, n, n));
      silenced.add(name);
      List<Coordinates> at = new ArrayList<>();
      for (int partition = 0; partition < 9; partition++) {
        at.add(new Coordinates("topic", partition, 1L << 60, 1L << 61));
      }
      evidence.add(new Evidence(name, n, name, name, 1L << 60, 1L << 60, 1L << 60, at));
    }
    String text = i + "x".repeat(5000);
    return new Finding(
        text,
        1,
        new Signal(
            text, text, 99, terms, measures, evidence, 0, 1, text, silenced, "T1046".repeat(99)));
  }
}
