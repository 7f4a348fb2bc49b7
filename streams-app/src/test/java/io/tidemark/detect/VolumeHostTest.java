package io.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Machines that people work at, whose traffic has no typical size, and what is done to services.
 */
class VolumeHostTest {

  private static final long MINUTE = 60_000;
  private static final long START = Math.floorDiv(Windows.START, MINUTE) * MINUTE;
  private static final int DAY = 24 * 60;
  private static final Volume VOLUME = Volume.defaults();

  @Test
  void heavyTailedHostsWithDownloadsAreSilentFromTheFirstHourOn() {
    int days = 5;
    int hosts = 12;
    for (long seed = 1; seed <= hosts; seed++) {
      Host host = new Host(seed);
      assertEquals(0, host.play(days * DAY), "seed " + seed + ": " + host.summaries);
    }
  }

  @Test
  void aFloodAndAnExfiltrationAtAServiceAreFoundAfterADayAndAHalf() {
    for (long seed = 1; seed <= 3; seed++) {
      Service flooded = new Service(seed);
      Service drained = new Service(seed);
      assertEquals(0, flooded.play(DAY * 3 / 2, 1, 1), "seed " + seed);
      assertEquals(0, drained.play(DAY * 3 / 2, 1, 1), "seed " + seed);

      assertTrue(flooded.play(4, 12, 1) >= 2, "ten times the connections, seed " + seed);
      assertTrue(drained.play(15, 1, 500) >= 2, "bytes alone, seed " + seed);
    }
  }

  @Test
  void oneAttackDoesNotExcuseTheNext() {
    Service service = new Service(9);
    service.play(DAY * 2, 1, 1);
    int first = service.play(30, 12, 12);
    assertFalse(first < 20, "first " + first);
    service.play(3 * 60, 1, 1);

    int second = service.play(30, 12, 12);

    assertTrue(second >= 20, "second " + second);
  }

  /** A rise of 5 % a day is never a spike: documented in the page. A jump on top of it is. */
  @Test
  void aSlowRampIsLearnedButDoesNotHideAJump() {
    Service frog = new Service(4);
    int told = 0;
    for (int day = 0; day < 12; day++) {
      told += frog.play(DAY, Math.pow(1.05, day), 1);
    }
    assertEquals(0, told);

    assertTrue(frog.play(6, 15 * Math.pow(1.05, 12), 1) >= 2);
  }

  private abstract static class Talker {

    final Random random;
    private VolumeState state = VOLUME.initial(START);
    private long next = START;

    Talker(long seed) {
      random = new Random(seed);
    }

    double busy() {
      double hour = next / 3_600_000.0 % 24;
      return 1 - Math.cos((hour - 3) / 24 * 2 * Math.PI);
    }

    List<Signal> minute(int opened, double bytesOut, double bytesIn) {
      next += MINUTE - Windows.LENGTH;
      TestActivity activity = TestActivity.silence();
      if (opened > 0) {
        int kept = Math.min(opened, 250);
        activity.totals(
            Direction.EGRESS, kept, (long) bytesOut, (long) bytesIn, (long) opened - kept);
      }
      Window window =
          new Window(
              Source.VPC_FLOW,
              Windows.SUBJECT,
              next,
              next + Windows.LENGTH,
              activity.build(),
              false);
      Profile profile = new Profile(START, 0, next);
      List<Signal> signals =
          VOLUME.speaks(state, profile) ? VOLUME.score(state, profile, window) : List.of();
      state = VOLUME.learn(state, window, !signals.isEmpty());
      next = window.end();
      return signals;
    }

    double pareto(double least, double alpha) {
      return least * Math.pow(1 - random.nextDouble(), -1 / alpha);
    }
  }

  /** Sessions of Pareto size by day, updates and downloads of fifty times as much now and then. */
  private static final class Host extends Talker {

    final List<String> summaries = new ArrayList<>();
    private int downloading;
    private double rate;

    Host(long seed) {
      super(seed);
    }

    /** How many episodes of alerts, ten quiet minutes apart. */
    int play(int minutes) {
      List<Integer> told = new ArrayList<>();
      for (int i = 0; i < minutes; i++) {
        int opened = (int) Math.round(4 * busy() * Math.exp(random.nextGaussian()));
        if (random.nextInt(90) == 0) {
          opened += (int) Math.min(400, pareto(20, 1.3));
        }
        double in = 0;
        for (int session = 0; session < opened; session++) {
          in += Math.min(2e9, pareto(3_000, 1.1));
        }
        if (downloading == 0 && random.nextInt(DAY / 2) == 0) {
          downloading = 1 + (int) Math.min(40, pareto(1, 1));
          rate = pareto(20e6, 1.2);
        }
        if (downloading > 0) {
          downloading--;
          opened = Math.max(1, opened);
          in += Math.min(5e9, rate * (0.5 + random.nextDouble()));
        }
        List<Signal> signals = minute(opened, in / 20 + 500.0 * opened, in);
        if (!signals.isEmpty()) {
          told.add(i);
          summaries.add(signals.get(0).summary());
        }
      }
      int episodes = 0;
      for (int i = 0; i < told.size(); i++) {
        episodes += i == 0 || told.get(i) - told.get(i - 1) > 10 ? 1 : 0;
      }
      return episodes;
    }
  }

  /** Calls of a few kilobytes, more by day. */
  private static final class Service extends Talker {

    Service(long seed) {
      super(seed);
    }

    /** In how many minutes it alerted. */
    int play(int minutes, double connections, double bytes) {
      int told = 0;
      for (int i = 0; i < minutes; i++) {
        double mean = connections * (10 + 15 * busy());
        int opened = (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        double out = bytes * 2_000 * opened * Math.exp(0.3 * random.nextGaussian());
        told += minute(opened, out, 3_000.0 * opened).isEmpty() ? 0 : 1;
      }
      return told;
    }
  }
}
