package io.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;

/** Plays windows of egress connections as the pipeline does, and asks only for what is due. */
final class VolumePlayer {

  static final long MINUTE = 60_000;
  // A full minute, so that intervals and windows begin together.
  static final long START = Math.floorDiv(Windows.START, MINUTE) * MINUTE;
  private static final Volume VOLUME = Volume.defaults();
  private static byte[] twoDays;
  private static long now;

  private final long start;
  VolumeState state;
  long next;

  VolumePlayer(long start) {
    this.start = start;
    state = VOLUME.initial(start);
    next = start;
  }

  List<Signal> play(int connections) {
    return play(connections, false);
  }

  /** Connections that were opened, and others that were seen. */
  List<Signal> play(int opened, int others) {
    return play(TestActivity.silence().totals(Direction.EGRESS, opened, 0, 0, others), false);
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
    Profile profile = new Profile(start, 0, next);
    List<Signal> signals =
        VOLUME.speaks(state, profile) ? VOLUME.score(state, profile, window) : List.of();
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

  /** Goes on after two days of day and night. */
  static VolumePlayer seasoned() {
    if (twoDays == null) {
      VolumePlayer player = new VolumePlayer(START);
      Random random = new Random(42);
      player.minutes(2 * 24 * 60, () -> poisson(random, rate(player.next)));
      twoDays = player.bytes();
      now = player.next;
    }
    VolumePlayer player = new VolumePlayer(START);
    player.state = VOLUME.codec().fromBytes(twoDays);
    player.next = now;
    return player;
  }

  /** Connections a minute: 15 at four in the morning, 45 at four in the afternoon. */
  static double rate(long time) {
    double hour = time / 3_600_000.0 % 24;
    return 30 - 15 * Math.cos((hour - 4) / 24 * 2 * Math.PI);
  }

  static int poisson(Random random, double mean) {
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
}
