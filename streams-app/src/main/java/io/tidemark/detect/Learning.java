package io.tidemark.detect;

import java.util.List;

/**
 * How far a detector has come with a workload.
 *
 * @param missing what it still waits for, each a short sentence for people; empty when ready
 */
public record Learning(List<String> missing) {

  private static final Learning READY = new Learning(List.of());

  public static Learning complete() {
    return READY;
  }

  public boolean ready() {
    return missing.isEmpty();
  }
}
