package io.tidemark.window;

import java.util.Comparator;

/**
 * Where records lie in the input: for people and for {@code explain}, never part of an alert's
 * canonical form.
 *
 * @param input topic, or file
 * @param partition partition, 0 for a file
 * @param first first offset, or line number (from 1)
 * @param last last offset, or line number
 */
public record Coordinates(String input, int partition, long first, long last)
    implements Comparable<Coordinates> {

  private static final Comparator<Coordinates> ORDER =
      Comparator.comparing(Coordinates::input)
          .thenComparingInt(Coordinates::partition)
          .thenComparingLong(Coordinates::first)
          .thenComparingLong(Coordinates::last);

  boolean sameInput(Coordinates other) {
    return partition == other.partition && input.equals(other.input);
  }

  Coordinates join(Coordinates other) {
    return new Coordinates(
        input, partition, Math.min(first, other.first), Math.max(last, other.last));
  }

  @Override
  public int compareTo(Coordinates other) {
    return ORDER.compare(this, other);
  }
}
