package io.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeTest {

  private static final Volume VOLUME = Volume.defaults();

  @Test
  void aSpikeIsJudgedAgainstTheBaselineItDoesNotBelongTo() {
    VolumePlayer player = VolumePlayer.seasoned();
    long from = player.next;

    List<Signal> signals = player.minutes(3, () -> 600);

    assertFalse(signals.isEmpty());
    for (Signal signal : signals) {
      assertEquals("egress spike", signal.subject());
      Signal.Measure measure = signal.measures().get(0);
      assertTrue(measure.observed() > 5 * measure.p95(), "contaminated: " + measure);
      assertTrue(signal.score() <= 95, "score " + signal.score());
    }
    Signal last = signals.get(signals.size() - 1);
    assertTrue(last.score() >= 60, "score " + last.score());
    long told = signals.get(0).to() - from;
    assertTrue(told > VolumePlayer.MINUTE, "one minute is no spike: told after " + told);
    assertTrue(told <= 2 * VolumePlayer.MINUTE, "told after " + told);
  }

  @Test
  void theSummaryNamesTheWorkloadTheValueAndTheNormalRange() {
    VolumePlayer player = VolumePlayer.seasoned();

    Signal signal = player.minutes(2, () -> 600).get(0);

    assertTrue(
        signal
            .summary()
            .matches(
                "payments/api (saw|opened) \\d+ (flows|connections) in \\d minutes; at this hour,"
                    + " and after the last half hour, \\d+(\\.\\d)? to \\d+(\\.\\d)? is"
                    + " normal \\(2 days learned\\)\\."),
        signal.summary());
    assertFalse(signal.silencedBy().isEmpty());
  }

  @Test
  void aSettingThatIsSaidToSilenceItDoes() {
    VolumePlayer player = VolumePlayer.seasoned();
    player.minutes(1, () -> 600);
    player.minutes(1, () -> 40);
    for (int i = 0; i < 5; i++) {
      player.play(100);
    }
    Window last =
        Windows.at(player.next, TestActivity.silence().totals(Direction.EGRESS, 100, 0, 0));
    Profile profile = new Profile(VolumePlayer.START, 0, player.next);

    List<Signal> loud = VOLUME.score(player.state, profile, last);

    assertEquals(1, loud.size());
    List<String> ways = loud.get(0).silencedBy();
    assertEquals(4, ways.size(), "two rules speak: " + ways);
    for (String way : ways.subList(0, 3)) {
      Volume duller = silencedBy(way);
      assertEquals(List.of(), duller.score(player.state, profile, last), way);
    }
  }

  /** With the settings of a sentence such as "min-z above 12 (is 4.5) and min-ratio above 3". */
  private static Volume silencedBy(String way) {
    Map<String, Double> above = new HashMap<>();
    Matcher settings = Pattern.compile("([a-z-]+) above ([0-9.]+)").matcher(way);
    while (settings.find()) {
      above.put(settings.group(1), Double.parseDouble(settings.group(2)) + 1e-6);
    }
    assertEquals(2, above.size(), way);
    return new Volume(
        VOLUME.warmUp(),
        VOLUME.interval(),
        above.getOrDefault("min-z", VOLUME.minZ()),
        VOLUME.minSpread(),
        above.getOrDefault("min-ratio", VOLUME.minRatio()),
        VOLUME.minRecordRatio(),
        (long) Math.ceil(above.getOrDefault("min-excess", 30.0)),
        VOLUME.minExcessBytes(),
        VOLUME.minExcessPackets(),
        VOLUME.persistence(),
        VOLUME.minSurprise(),
        VOLUME.sustained(),
        VOLUME.minExpected(),
        VOLUME.silentIntervals(),
        VOLUME.silentShare(),
        VOLUME.followSilence(),
        VOLUME.acceptAfter(),
        above.getOrDefault("surge-decades", VOLUME.surgeDecades()),
        above.getOrDefault("surge-ratio", VOLUME.surgeRatio()),
        (long) Math.ceil(above.getOrDefault("surge-excess", 20.0)));
  }

  @Test
  void aSingleUnusualMinuteIsNoSpike() {
    VolumePlayer player = VolumePlayer.seasoned();

    assertEquals(List.of(), player.minutes(1, () -> 600));
    assertEquals(List.of(), player.minutes(10, () -> 40));
  }

  @Test
  void tenTimesTheTrafficIsFoundAtNightAndAtNoon() {
    for (int hour = 0; hour < 24; hour += 4) {
      VolumePlayer player = VolumePlayer.seasoned();
      Random random = new Random(hour);
      player.minutes(hour * 60, () -> VolumePlayer.poisson(random, VolumePlayer.rate(player.next)));

      List<Signal> signals =
          player.minutes(
              4, () -> VolumePlayer.poisson(random, 10 * VolumePlayer.rate(player.next)));

      assertFalse(signals.isEmpty(), "hour " + VolumeBaseline.hourOf(player.next));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void dayAndNightAreNeitherSpikeNorSilence(long seed) {
    Random random = new Random(seed);
    double busy = 0.2 + random.nextDouble() * 3;
    VolumePlayer player = new VolumePlayer(VolumePlayer.START);

    List<Signal> signals =
        player.coarseMinutes(
            6 * 24 * 60, () -> VolumePlayer.poisson(random, busy * VolumePlayer.rate(player.next)));

    assertEquals(List.of(), signals, "seed " + seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void burstsOfTheUsualSizeAreNoSpike(long seed) {
    Random random = new Random(seed);
    VolumePlayer player = new VolumePlayer(VolumePlayer.START);

    List<Signal> signals =
        player.coarseMinutes(
            6 * 24 * 60,
            () ->
                VolumePlayer.poisson(
                    random,
                    VolumePlayer.rate(player.next) * Math.exp(0.5 * random.nextGaussian())));

    assertEquals(List.of(), signals, "seed " + seed);
  }

  @Test
  void aSustainedRiseTeachesLittleAndIsAcceptedAfterSixHours() {
    VolumePlayer player = VolumePlayer.seasoned();
    double before = Math.expm1(player.state.flows(Direction.EGRESS).largest());

    List<Signal> first = player.coarseMinutes(5 * 60, () -> 600);
    assertEquals(5 * 60 - 1, first.size());
    assertEquals(
        before,
        Math.expm1(player.state.flows(Direction.EGRESS).largest()),
        "the record is not touched");

    List<Signal> later = player.coarseMinutes(3 * 60, () -> 600);
    assertTrue(later.size() <= 75, later.size() + " signals in the sixth hour and after");
    assertEquals(List.of(), player.coarseMinutes(60, () -> 600));
  }

  @Test
  void trafficWhereThereWasNeverAnyIsASpike() {
    VolumePlayer player = VolumePlayer.seasoned();

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
    VolumePlayer player = VolumePlayer.seasoned();

    for (int i = 0; i < 60; i++) {
      TestActivity activity =
          TestActivity.silence().totals(Direction.EGRESS, 7, 90_000_000, 5_000_000);
      assertEquals(List.of(), player.play(activity, false));
    }
  }
}
