package io.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.Direction;
import io.tidemark.stats.Hash64;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeStateTest {

  private static final Volume VOLUME = Volume.defaults();

  @Test
  void aGapIsLearnedAsZerosInOneStep() {
    for (int minutes : new int[] {1, 2, 3, 4, 100, 359, 360, 363, 364, 365, 3000, 10_000}) {
      for (boolean quietAtTimes : new boolean[] {false, true}) {
        VolumePlayer bulk = VolumePlayer.seasoned();
        VolumePlayer single = VolumePlayer.seasoned();
        if (quietAtTimes) {
          bulk.coarseMinutes(300, () -> bulk.next / VolumePlayer.MINUTE % 3 == 0 ? 0 : 40);
          single.coarseMinutes(300, () -> single.next / VolumePlayer.MINUTE % 3 == 0 ? 0 : 40);
        }
        bulk.next += minutes * VolumePlayer.MINUTE;
        for (int i = 0; i < minutes; i++) {
          single.next += VolumePlayer.MINUTE - Windows.LENGTH;
          single.play(0);
        }

        bulk.play(5);
        single.play(5);

        assertArrayEquals(bulk.bytes(), single.bytes(), minutes + " minutes, " + quietAtTimes);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void restoringTheStateBetweenAnyTwoWindowsChangesNothing(long seed) {
    Random random = new Random(seed);
    VolumePlayer kept = VolumePlayer.seasoned();
    VolumePlayer restored = VolumePlayer.seasoned();

    for (int i = 0; i < 4000; i++) {
      long gap = random.nextInt(20) == 0 ? random.nextInt(200) * Windows.LENGTH : 0;
      int count = random.nextInt(30) == 0 ? 300 : random.nextInt(12);
      boolean lossy = random.nextInt(50) == 0;
      restored.state = VOLUME.codec().fromBytes(restored.bytes());
      kept.next += gap;
      restored.next += gap;

      assertEquals(kept.play(count, lossy), restored.play(count, lossy), "seed " + seed);
    }

    assertArrayEquals(kept.bytes(), restored.bytes(), "seed " + seed);
  }

  @Test
  void aQuietFleetMemberNeedsLittleRoom() {
    VolumePlayer player = new VolumePlayer(VolumePlayer.START);
    Random random = new Random(5);
    player.coarseMinutes(
        4 * 24 * 60,
        () -> VolumePlayer.poisson(random, VolumePlayer.rate(player.next)),
        Direction.EGRESS,
        Direction.INGRESS);

    int bytes = player.bytes().length;

    assertTrue(bytes < 25_000, bytes + " bytes");
    assertTrue(bytes > 5_000, "suspiciously small: " + bytes);
  }

  @Test
  void theWrittenFormIsPinned() {
    VolumePlayer player = new VolumePlayer(VolumePlayer.START);
    player.minutes(3, () -> 12);

    assertEquals(1071, player.bytes().length);
    long fingerprint = 0;
    for (byte b : player.bytes()) {
      fingerprint = Hash64.combine(fingerprint, b);
    }
    assertEquals("91944fff0c8f8d4b", Long.toHexString(fingerprint));
  }

  @Test
  void impossibleSettingsNameTheirKey() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Volume(
                    Duration.ofHours(24),
                    Duration.ofSeconds(7),
                    4.5,
                    0.25,
                    3,
                    1.5,
                    60,
                    1_000_000,
                    2_000,
                    2,
                    2.5,
                    5,
                    6,
                    3,
                    0.05,
                    Duration.ofMinutes(30),
                    Duration.ofHours(6),
                    6,
                    2.5,
                    20));

    assertEquals("interval must be 10s to 1h and divide a day: PT7S", error.getMessage());
  }
}
