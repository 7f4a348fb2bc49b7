package io.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VolumeSilenceTest {

  private static final Volume VOLUME = Volume.defaults();
  private static final long AN_HOUR = VolumePlayer.START + 5 * 3_600_000;

  @Test
  void silenceIsReportedAfterThreeMinutesAndThenLeftAlone() {
    VolumePlayer player = VolumePlayer.seasoned();
    List<Long> reported = new ArrayList<>();
    long from = player.next;
    int ticks = 0;

    while (VOLUME.due(player.state) != Long.MAX_VALUE) {
      player.next = VOLUME.due(player.state);
      for (Signal signal : player.play(0)) {
        assertEquals("egress silence", signal.subject());
        assertEquals(from, signal.from());
        reported.add((signal.to() - from) / VolumePlayer.MINUTE);
      }
      ticks++;
    }

    assertEquals(3, reported.get(0));
    assertEquals(30, reported.get(reported.size() - 1));
    assertEquals(30, ticks, "one tick a minute, for half an hour");
  }

  @Test
  void aWorkloadThatTalksAgainIsWatchedAgain() {
    VolumePlayer player = VolumePlayer.seasoned();
    player.ticks();
    player.next += 4 * 3_600_000;

    assertEquals(List.of(), player.minutes(5, () -> 40));
    List<Signal> again = player.ticks();

    assertFalse(again.isEmpty());
  }

  @Test
  void theSilenceOfOneThatHasAFlowOrTwoEveryMinuteIsReported() {
    VolumePlayer player = new VolumePlayer(VolumePlayer.START);
    int[] flows = {2, 1, 2, 2, 4, 2, 2, 3, 2, 4, 2, 1, 3, 2, 3, 2, 2, 2, 2, 5, 2, 1, 2, 3};

    player.coarseMinutes(
        10 * 24 * 60, () -> flows[(int) (player.next / VolumePlayer.MINUTE % flows.length)]);

    assertFalse(player.ticks().isEmpty());
  }

  @Test
  void aWorkloadThatIsOftenQuietIsNotTicked() {
    VolumePlayer player = new VolumePlayer(VolumePlayer.START);

    player.coarseMinutes(2 * 24 * 60, () -> player.next / VolumePlayer.MINUTE % 10 == 0 ? 0 : 40);

    assertEquals(Long.MAX_VALUE, VOLUME.due(player.state));
  }

  @Test
  void aLossyWindowIsNotSilenceAndTeachesNothing() {
    VolumePlayer player = VolumePlayer.seasoned();
    Normal before = normal(player);

    for (int i = 0; i < 60; i++) {
      assertEquals(List.of(), player.play(0, true));
    }

    assertEquals(before, normal(player));
  }

  /** As it is said of one and the same hour. */
  private static Normal normal(VolumePlayer player) {
    Normal said = VOLUME.normal(player.state, new Profile(VolumePlayer.START, 0, AN_HOUR));
    return new Normal(said.sentence(), said.values(), 0, 0);
  }
}
