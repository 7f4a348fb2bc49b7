package io.tidemark.window;

import io.tidemark.flow.Vantage;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;

/**
 * Amounts that are summed per vantage, of which the larger counts: the same traffic may be reported
 * at both of its ends. Takes no room until something was counted; Hubble counts nothing.
 */
final class Sums {

  /** What is summed. */
  enum Of {
    /** Bytes to the server of an edge, or out of a workload. */
    BYTES_THERE,
    /** Bytes to the client of an edge, or into a workload. */
    BYTES_BACK,
    PACKETS_THERE,
    PACKETS_BACK,
    /** Flows that an exporter counted. */
    AGGREGATED
  }

  private static final int VANTAGES = Vantage.values().length;
  private static final int KINDS = Of.values().length;
  private static final long[] NONE = {};

  // By vantage, then by what is summed, as they are written; empty: all are 0.
  private long[] sums = NONE;

  void add(Of of, Vantage vantage, long amount) {
    own()[vantage.ordinal() * KINDS + of.ordinal()] += amount;
  }

  /** What the vantage that saw most has seen. */
  long largest(Of of) {
    long largest = 0;
    for (int i = of.ordinal(); i < sums.length; i += KINDS) {
      largest = Math.max(largest, sums[i]);
    }
    return largest;
  }

  /** Of all vantages, by their ordinals. */
  long[] all(Of of) {
    long[] all = new long[VANTAGES];
    for (int i = of.ordinal(), vantage = 0; i < sums.length; i += KINDS, vantage++) {
      all[vantage] = sums[i];
    }
    return all;
  }

  /** Takes what {@link #all} gave; what has no vantage here is left out. */
  void set(Of of, long[] all) {
    for (int vantage = 0; vantage < Math.min(VANTAGES, all.length); vantage++) {
      if (all[vantage] != 0) {
        own()[vantage * KINDS + of.ordinal()] = all[vantage];
      }
    }
  }

  void merge(Sums other) {
    if (other.sums.length > 0) {
      long[] own = own();
      for (int i = 0; i < own.length; i++) {
        own[i] += other.sums[i];
      }
    }
  }

  void write(StateWriter out) {
    for (int i = 0; i < VANTAGES * KINDS; i++) {
      out.varlong(sums.length == 0 ? 0 : sums[i]);
    }
  }

  static Sums read(StateReader in) {
    long[] read = new long[VANTAGES * KINDS];
    boolean any = false;
    for (int i = 0; i < read.length; i++) {
      read[i] = in.varlong();
      any |= read[i] != 0;
    }
    Sums sums = new Sums();
    sums.sums = any ? read : NONE;
    return sums;
  }

  private long[] own() {
    if (sums.length == 0) {
      sums = new long[VANTAGES * KINDS];
    }
    return sums;
  }
}
