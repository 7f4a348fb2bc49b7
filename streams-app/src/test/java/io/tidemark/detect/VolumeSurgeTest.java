package io.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts of a few a minute that become several times as many. */
class VolumeSurgeTest {

  private static final int DAY = 24 * 60;

  /** So many times three a minute, told after at most so many seconds. */
  @ParameterizedTest
  @CsvSource({"10, 150", "20, 120", "5, 420"})
  void aServerCalledThreeTimesAMinuteIsToldAsSoonAsTheEvidenceIsThere(int times, int seconds) {
    for (long seed = 1; seed <= 5; seed++) {
      Quiet server = new Quiet(seed);
      assertEquals(List.of(), server.minutes(3 * DAY, 3), "seed " + seed);
      // The attack begins in the middle of a minute.
      assertEquals(List.of(), server.windows(3, 3), "seed " + seed);
      long from = server.player.next;

      List<Signal> told = server.windows(48, 3 * times);

      assertFalse(told.isEmpty(), "seed " + seed);
      long after = (told.get(0).to() - from) / 1000;
      assertTrue(after <= seconds, "told after " + after + " s, seed " + seed);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 6, 12})
  void overwhelmingEvidenceNeedsNoDayOfWarmUp(int hours) {
    for (long seed = 1; seed <= 5; seed++) {
      Quiet server = new Quiet(seed);
      assertEquals(List.of(), server.minutes(hours * 60, 3), "seed " + seed);

      List<Signal> told = server.minutes(4, 60);

      assertFalse(told.isEmpty(), "seed " + seed);
      assertTrue(told.get(0).summary().contains(hours + " hours learned"), told.toString());
    }
  }

  @Test
  void nothingIsToldInTheFirstTwoHours() {
    Quiet server = new Quiet(1);
    server.minutes(100, 3);

    assertEquals(List.of(), server.minutes(10, 300));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whatIsBusyForAMinuteNowAndThenIsSilent(long seed) {
    Quiet server = new Quiet(seed);
    Random random = new Random(seed);
    List<Signal> told = new ArrayList<>();

    // Deployments, retries, caches that expire: up to thirty times as much for a minute or two.
    for (int i = 0; i < 10 * DAY; i++) {
      boolean busy = random.nextInt(150) == 0;
      told.addAll(server.minutes(1, busy ? 3 * (2 + random.nextInt(29)) : 3));
    }

    assertEquals(List.of(), told);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aRateThatWandersIsSilent(long seed) {
    Quiet server = new Quiet(seed);
    Random random = new Random(seed);
    List<Signal> told = new ArrayList<>();

    double level = 0;
    for (int i = 0; i < 10 * DAY; i++) {
      level = 0.995 * level + 0.07 * random.nextGaussian();
      told.addAll(server.minutes(1, 4 * Math.exp(level)));
    }

    assertEquals(List.of(), told);
  }

  @Test
  void aSurgeIsNoPrecedentForTheNextAndIsAcceptedAfterSixHours() {
    Quiet server = new Quiet(3);
    server.minutes(2 * DAY, 3);
    assertFalse(server.minutes(20, 20).isEmpty());
    server.minutes(5 * 60, 3);

    assertFalse(server.minutes(20, 20).isEmpty(), "five hours later");
    server.minutes(7 * 60, 20);

    assertEquals(List.of(), server.minutes(DAY, 20), "the new normal");
  }

  @Test
  void clientsThatConnectAgainAreNoSurge() {
    Quiet server = new Quiet(8);
    server.reopening = 0.05;
    server.minutes(3 * DAY, 20);
    server.reopening = 1;

    List<Signal> told = server.minutes(15, 20);

    assertEquals(List.of(), told);
  }

  /** Calls at random moments, window by window. */
  private static final class Quiet {

    private final VolumePlayer player = new VolumePlayer(VolumePlayer.START);
    private final Random random;
    private double reopening = 1;

    Quiet(long seed) {
      random = new Random(seed);
    }

    List<Signal> minutes(int minutes, double perMinute) {
      return windows(6 * minutes, perMinute);
    }

    List<Signal> windows(int windows, double perMinute) {
      List<Signal> told = new ArrayList<>();
      for (int i = 0; i < windows; i++) {
        int calls = VolumePlayer.poisson(random, perMinute / 6);
        int opened = 0;
        for (int call = 0; call < calls; call++) {
          opened += random.nextDouble() < reopening ? 1 : 0;
        }
        if (calls == 0) {
          player.next += Windows.LENGTH;
        } else {
          told.addAll(player.play(opened, calls - opened));
        }
      }
      return told;
    }
  }
}
