package io.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Source;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.Hash64;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeTest {

  private static final long MINUTE = 60_000;
  private static final Volume VOLUME = Volume.defaults();
  // A full minute, so that intervals and windows begin together.
  private static final long START = Math.floorDiv(Windows.START, MINUTE) * MINUTE;
  private static byte[] twoDays;
  private static long now;

  @BeforeAll
  static void learnTwoDays() {
    Player player = new Player(START);
    Random random = new Random(42);
    player.minutes(2 * 24 * 60, () -> poisson(random, rate(player.next)));
    twoDays = player.bytes();
    now = player.next;
  }

  @Test
  void aSpikeIsJudgedAgainstTheBaselineItDoesNotBelongTo() {
    Player player = seasoned();

    List<Signal> signals = player.minutes(3, () -> 600);

    assertFalse(signals.isEmpty());
    for (Signal signal : signals) {
      assertEquals("egress spike", signal.subject());
      Signal.Measure measure = signal.measures().get(0);
      assertEquals(600, measure.observed());
      assertTrue(measure.p95() < 80, "contaminated: " + measure);
      assertTrue(signal.score() >= 60 && signal.score() <= 95, "score " + signal.score());
    }
    assertEquals(2, signals.size(), "from the second minute on");
  }

  @Test
  void theSummaryNamesTheWorkloadTheValueAndTheNormalRange() {
    Player player = seasoned();

    Signal signal = player.minutes(2, () -> 600).get(0);

    assertTrue(
        signal
            .summary()
            .matches(
                "payments/api (saw|opened) 600 (flows|connections) a minute; at this hour"
                    + " \\d+(\\.\\d)? to \\d+(\\.\\d)? is normal \\(2 days learned\\)\\."),
        signal.summary());
    assertEquals(2, signal.measures().size(), "flows and connections agree");
    assertFalse(signal.silencedBy().isEmpty());
  }

  @Test
  void aSettingThatIsSaidToSilenceItDoes() {
    Player player = seasoned();
    player.minutes(1, () -> 600);
    player.minutes(1, () -> 40);
    for (int i = 0; i < 5; i++) {
      player.play(100);
    }
    Window last =
        Windows.at(player.next, TestActivity.silence().totals(Direction.EGRESS, 100, 0, 0));
    Profile profile = new Profile(START, 0, player.next);

    List<Signal> loud = VOLUME.score(player.state, profile, last);

    assertEquals(1, loud.size());
    assertEquals(5, loud.get(0).silencedBy().size());
    for (String way : loud.get(0).silencedBy().subList(0, 4)) {
      List<String> words = Pattern.compile(" ").splitAsStream(way).toList();
      double value = Double.parseDouble(words.get(2)) + 1e-6;
      Volume duller =
          switch (words.get(0)) {
            case "min-z" -> volume(value, 3, 60, 0);
            case "min-ratio" -> volume(4.5, value, 60, 0);
            case "min-surprise" -> volume(4.5, 3, 60, value);
            case "min-excess" -> volume(4.5, 3, (long) value + 1, 0);
            default -> throw new AssertionError(way);
          };
      assertEquals(List.of(), duller.score(player.state, profile, last), way);
    }
  }

  private static Volume volume(double minZ, double minRatio, long minExcess, double minSurprise) {
    return new Volume(
        VOLUME.warmUp(),
        VOLUME.interval(),
        minZ,
        VOLUME.minSpread(),
        minRatio,
        VOLUME.minRecordRatio(),
        minExcess,
        VOLUME.minExcessBytes(),
        VOLUME.minExcessPackets(),
        VOLUME.persistence(),
        minSurprise,
        VOLUME.sustained(),
        VOLUME.minExpected(),
        VOLUME.silentIntervals(),
        VOLUME.silentShare(),
        VOLUME.followSilence(),
        VOLUME.acceptAfter());
  }

  @Test
  void aSingleUnusualMinuteIsNoSpike() {
    Player player = seasoned();

    assertEquals(List.of(), player.minutes(1, () -> 600));
    assertEquals(List.of(), player.minutes(10, () -> 40));
  }

  @Test
  void tenTimesTheTrafficIsFoundAtNightAndAtNoon() {
    for (int hour = 0; hour < 24; hour += 4) {
      Player player = seasoned();
      Random random = new Random(hour);
      player.minutes(hour * 60, () -> poisson(random, rate(player.next)));

      List<Signal> signals = player.minutes(4, () -> poisson(random, 10 * rate(player.next)));

      assertFalse(signals.isEmpty(), "hour " + VolumeBaseline.hourOf(player.next));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void dayAndNightAreNeitherSpikeNorSilence(long seed) {
    Random random = new Random(seed);
    double busy = 0.2 + random.nextDouble() * 3;
    Player player = new Player(START);

    List<Signal> signals =
        player.coarseMinutes(6 * 24 * 60, () -> poisson(random, busy * rate(player.next)));

    assertEquals(List.of(), signals, "seed " + seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void burstsOfTheUsualSizeAreNoSpike(long seed) {
    Random random = new Random(seed);
    Player player = new Player(START);

    List<Signal> signals =
        player.coarseMinutes(
            6 * 24 * 60,
            () -> poisson(random, rate(player.next) * Math.exp(0.5 * random.nextGaussian())));

    assertEquals(List.of(), signals, "seed " + seed);
  }

  @Test
  void silenceIsReportedAfterThreeMinutesAndThenLeftAlone() {
    Player player = seasoned();
    List<Long> reported = new ArrayList<>();
    long from = player.next;
    int ticks = 0;

    while (VOLUME.due(player.state) != Long.MAX_VALUE) {
      player.next = VOLUME.due(player.state);
      for (Signal signal : player.play(0)) {
        assertEquals("egress silence", signal.subject());
        assertEquals(from, signal.from());
        reported.add((signal.to() - from) / MINUTE);
      }
      ticks++;
    }

    assertEquals(3, reported.get(0));
    assertEquals(30, reported.get(reported.size() - 1));
    assertEquals(30, ticks, "one tick a minute, for half an hour");
  }

  @Test
  void aWorkloadThatTalksAgainIsWatchedAgain() {
    Player player = seasoned();
    player.ticks();
    player.next += 4 * 3_600_000;

    assertEquals(List.of(), player.minutes(5, () -> 40));
    List<Signal> again = player.ticks();

    assertFalse(again.isEmpty());
  }

  @Test
  void aWorkloadThatIsOftenQuietIsNotTicked() {
    Player player = new Player(START);

    player.coarseMinutes(2 * 24 * 60, () -> player.next / MINUTE % 10 == 0 ? 0 : 40);

    assertEquals(Long.MAX_VALUE, VOLUME.due(player.state));
  }

  @Test
  void aLossyWindowIsNotSilenceAndTeachesNothing() {
    Player player = seasoned();
    byte[] before = digests(player.state);

    for (int i = 0; i < 60; i++) {
      assertEquals(List.of(), player.play(0, true));
    }

    assertArrayEquals(before, digests(player.state));
  }

  @Test
  void aGapIsLearnedAsZerosInOneStep() {
    for (int minutes : new int[] {1, 2, 3, 4, 100, 359, 360, 363, 364, 365, 3000, 10_000}) {
      for (boolean quietAtTimes : new boolean[] {false, true}) {
        Player bulk = seasoned();
        Player single = seasoned();
        if (quietAtTimes) {
          bulk.coarseMinutes(300, () -> bulk.next / MINUTE % 3 == 0 ? 0 : 40);
          single.coarseMinutes(300, () -> single.next / MINUTE % 3 == 0 ? 0 : 40);
        }
        bulk.next += minutes * MINUTE;
        for (int i = 0; i < minutes; i++) {
          single.next += MINUTE - Windows.LENGTH;
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
    Player kept = seasoned();
    Player restored = seasoned();

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
  void aSustainedRiseTeachesLittleAndIsAcceptedAfterSixHours() {
    Player player = seasoned();
    double before = Math.expm1(flows(player).largest());

    List<Signal> first = player.coarseMinutes(5 * 60, () -> 600);
    assertEquals(5 * 60 - 1, first.size());
    assertEquals(before, Math.expm1(flows(player).largest()), "the record is not touched");

    List<Signal> later = player.coarseMinutes(3 * 60, () -> 600);
    assertTrue(later.size() <= 62, later.size() + " signals in the sixth hour and after");
    assertEquals(List.of(), player.coarseMinutes(60, () -> 600));
  }

  @Test
  void trafficWhereThereWasNeverAnyIsASpike() {
    Player player = seasoned();

    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < 18; i++) {
      signals.addAll(
          player.play(
              TestActivity.silence()
                  .totals(Direction.EGRESS, 7, 0, 0)
                  .totals(Direction.INGRESS, 50, 0, 0),
              false));
    }

    assertEquals("ingress spike", signals.get(0).subject());
    assertEquals("T1499", signals.get(0).technique());
  }

  @Test
  void bytesThatASourceBeginsToCountAreNoSpike() {
    Player player = seasoned();

    for (int i = 0; i < 60; i++) {
      TestActivity activity =
          TestActivity.silence().totals(Direction.EGRESS, 7, 90_000_000, 5_000_000);
      assertEquals(List.of(), player.play(activity, false));
    }
  }

  @Test
  void aQuietFleetMemberNeedsLittleRoom() {
    Player player = new Player(START);
    Random random = new Random(5);
    player.coarseMinutes(
        4 * 24 * 60, () -> poisson(random, rate(player.next)), Direction.EGRESS, Direction.INGRESS);

    int bytes = player.bytes().length;

    assertTrue(bytes < 25_000, bytes + " bytes");
    assertTrue(bytes > 5_000, "suspiciously small: " + bytes);
  }

  @Test
  void theWrittenFormIsPinned() {
    Player player = new Player(START);
    player.minutes(3, () -> 12);

    assertEquals(291, player.bytes().length);
    long fingerprint = 0;
    for (byte b : player.bytes()) {
      fingerprint = Hash64.combine(fingerprint, b);
    }
    assertEquals("43f1beb254901020", Long.toHexString(fingerprint));
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
                    Duration.ofHours(6)));

    assertEquals("interval must be 10s to 1h and divide a day: PT7S", error.getMessage());
  }

  private static VolumeBaseline flows(Player player) {
    return player.state.flows(Direction.EGRESS);
  }

  private static byte[] digests(VolumeState state) {
    StateWriter out = new StateWriter();
    for (VolumeBaseline baseline : state.baselines) {
      if (baseline != null) {
        baseline.write(out);
      }
    }
    return out.toBytes();
  }

  private static Player seasoned() {
    Player player = new Player(START);
    player.state = VOLUME.codec().fromBytes(twoDays);
    player.next = now;
    return player;
  }

  /** Connections a minute: 15 at four in the morning, 45 at four in the afternoon. */
  private static double rate(long time) {
    double hour = time / 3_600_000.0 % 24;
    return 30 - 15 * Math.cos((hour - 4) / 24 * 2 * Math.PI);
  }

  private static int poisson(Random random, double mean) {
    if (mean > 50) {
      return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double limit = Math.exp(-mean);
    int count = 0;
    for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
      count++;
    }
    return count;
  }

  /** Plays windows of egress connections as the pipeline does, and asks only for what is due. */
  private static final class Player {

    private VolumeState state = VOLUME.initial(START);
    private long next;

    Player(long start) {
      next = start;
    }

    List<Signal> play(int connections) {
      return play(connections, false);
    }

    List<Signal> play(int connections, boolean lossy) {
      TestActivity activity = TestActivity.silence();
      if (connections > 0) {
        activity.totals(Direction.EGRESS, connections, 0, 0);
      }
      return play(activity, lossy);
    }

    List<Signal> play(TestActivity activity, boolean lossy) {
      Window window =
          new Window(
              Source.HUBBLE, Windows.SUBJECT, next, next + Windows.LENGTH, activity.build(), lossy);
      Profile profile = new Profile(START, 0, next);
      List<Signal> signals =
          VOLUME.learning(state, profile).ready()
              ? VOLUME.score(state, profile, window)
              : List.of();
      state = VOLUME.learn(state, window, !signals.isEmpty());
      assertTrue(VOLUME.due(state) > next);
      next = window.end();
      return signals;
    }

    /** Minutes of six windows each, over which the connections are spread. */
    List<Signal> minutes(int minutes, IntSupplier perMinute) {
      List<Signal> signals = new ArrayList<>();
      for (int i = 0; i < minutes; i++) {
        int left = perMinute.getAsInt();
        for (int window = 6; window > 0; window--) {
          int share = left / window;
          left -= share;
          signals.addAll(play(share));
        }
      }
      return signals;
    }

    /** Minutes that are played as their last window only. */
    List<Signal> coarseMinutes(int minutes, IntSupplier perMinute, Direction... directions) {
      List<Signal> signals = new ArrayList<>();
      for (int i = 0; i < minutes; i++) {
        next += MINUTE - Windows.LENGTH;
        TestActivity activity = TestActivity.silence();
        for (Direction each :
            directions.length == 0 ? new Direction[] {Direction.EGRESS} : directions) {
          int count = perMinute.getAsInt();
          if (count > 0) {
            int opened = Math.min(count, 250);
            activity.totals(each, opened, 0, 0, count - opened);
          }
        }
        signals.addAll(play(activity, false));
      }
      return signals;
    }

    /** Silence, judged when it is due and not else. */
    List<Signal> ticks() {
      List<Signal> signals = new ArrayList<>();
      while (VOLUME.due(state) != Long.MAX_VALUE) {
        next = VOLUME.due(state);
        signals.addAll(play(0));
      }
      return signals;
    }

    byte[] bytes() {
      return VOLUME.codec().toBytes(state);
    }
  }
}
