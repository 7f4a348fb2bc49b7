package io.tidemark.detect;

import java.util.List;
import java.util.function.Supplier;

/**
 * How far a detector has come with a workload. Asked for in every window, put into words only for
 * people.
 */
public final class Learning {

  private static final Learning READY = new Learning(List.of());

  private final Supplier<List<String>> words;
  private final boolean ready;

  /**
   * @param missing what it still waits for, each a short sentence for people; empty when ready
   */
  public Learning(List<String> missing) {
    List<String> kept = List.copyOf(missing);
    this.words = () -> kept;
    this.ready = kept.isEmpty();
  }

  private Learning(Supplier<List<String>> words) {
    this.words = words;
    this.ready = false;
  }

  public static Learning complete() {
    return READY;
  }

  /**
   * Something is missing.
   *
   * @param words what; must not look at what changes
   */
  static Learning incomplete(Supplier<List<String>> words) {
    return new Learning(words);
  }

  /** What it still waits for, each a short sentence for people; empty when ready. */
  public List<String> missing() {
    return words.get();
  }

  public boolean ready() {
    return ready;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Learning learning && learning.missing().equals(missing());
  }

  @Override
  public int hashCode() {
    return missing().hashCode();
  }

  @Override
  public String toString() {
    return ready ? "ready" : "missing " + missing();
  }
}
