package io.tidemark.fleet;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * What goes wrong between an exporter and its reader: lines that are no records, lines delivered
 * twice, lines delivered late, and notices of lost events. The lines that are right stay as they
 * were.
 *
 * @param seed decides what goes wrong where
 * @param poison share of lines after which one comes that cannot be read, 0 to 1
 * @param duplicates share of lines delivered twice
 * @param late share of lines delivered out of order
 * @param lateSeconds by how much at most, event time, 1 to 3600
 * @param losses share of lines after which their node says that it lost some
 */
public record Noise(
    long seed, double poison, double duplicates, double late, int lateSeconds, double losses) {

  public Noise {
    for (double share : new double[] {poison, duplicates, late, losses}) {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("share of noise not in [0, 1]: " + share);
      }
    }
    if (lateSeconds < 1 || lateSeconds > 3_600) {
      throw new IllegalArgumentException("lateSeconds not in [1, 3600]: " + lateSeconds);
    }
  }

  /**
   * Every kind of noise: the share for all but notices of losses, which are a tenth as frequent.
   */
  public static Noise of(long seed, double share) {
    return new Noise(seed, share, share, share, 20, share / 10);
  }

  /** The lines with the noise in them; keeps at most the lines of {@code lateSeconds}. */
  public Iterator<Line> over(Iterator<Line> lines) {
    return new Noisy(this, lines);
  }

  /** A line that waits until the stream has reached {@code due}, milliseconds since the epoch. */
  private record Held(long due, long serial, Line line) {}

  private static final class Noisy implements Iterator<Line> {
    private static final byte[][] GARBAGE = {
      {},
      ascii("null"),
      ascii("{\"flow\":"),
      ascii("{\"flow\":{\"time\":\"yesterday\",\"verdict\":7,\"IP\":[]},\"time\":12}"),
      ascii("level=info msg=\"Rotated events.log\" subsys=hubble"),
      {(byte) 0xC3, 0x28, (byte) 0xFF, (byte) 0xFE, 0x00, '{'},
      ascii("[".repeat(5_000)),
    };

    private final Noise noise;
    private final Dice dice;
    private final Iterator<Line> lines;
    private final PriorityQueue<Held> held =
        new PriorityQueue<>(Comparator.comparingLong(Held::due).thenComparingLong(Held::serial));
    private long serial;
    private long reached = Long.MIN_VALUE;

    Noisy(Noise noise, Iterator<Line> lines) {
      this.noise = noise;
      this.dice = Dice.of(noise.seed(), "noise");
      this.lines = lines;
    }

    private static byte[] ascii(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean hasNext() {
      while (lines.hasNext() && (held.isEmpty() || held.element().due() > reached)) {
        disturb(lines.next());
      }
      return !held.isEmpty();
    }

    @Override
    public Line next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return held.remove().line();
    }

    private void disturb(Line line) {
      reached = Math.max(reached, line.time());
      boolean late = dice.chance(noise.late());
      hold(late ? reached + 1 + dice.below(noise.lateSeconds() * 1_000) : reached, line);
      if (dice.chance(noise.duplicates())) {
        hold(reached + dice.below(2_000), line);
      }
      if (dice.chance(noise.poison())) {
        hold(reached, new Line(line.time(), line.node(), garbage(line.json())));
      }
      if (dice.chance(noise.losses())) {
        hold(reached, loss(line));
      }
    }

    private void hold(long due, Line line) {
      held.add(new Held(due, serial++, line));
    }

    /** Garbage of a fixed kind, or a line cut short as by a full disk. */
    private byte[] garbage(byte[] json) {
      int choice = dice.below(GARBAGE.length + 2);
      return choice < GARBAGE.length
          ? GARBAGE[choice].clone()
          : Arrays.copyOf(json, 1 + dice.below(json.length - 1));
    }

    private Line loss(Line line) {
      Instant last = Instant.ofEpochMilli(line.time());
      String json =
          "{\"lost_events\":{\"source\":\"HUBBLE_RING_BUFFER\",\"num_events_lost\":\""
              + dice.between(1, 500)
              + "\",\"first\":\""
              + last.minusMillis(dice.between(1, 2_000))
              + "\",\"last\":\""
              + last
              + "\"},\"node_name\":\""
              + line.node()
              + "\",\"time\":\""
              + last
              + "\"}";
      return new Line(line.time(), line.node(), ascii(json));
    }
  }
}
