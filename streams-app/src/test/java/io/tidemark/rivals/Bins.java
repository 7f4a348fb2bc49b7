package io.tidemark.rivals;

import io.tidemark.detect.Window;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a workload sent and got per bin of time: bytes where the source counts them, else flows. A
 * workload's silence is bins of 0, for a day at most, after which it begins anew.
 */
final class Bins {

  /** One workload's one direction, from one source. */
  record Series(Source source, Workload workload, String name) implements Comparable<Series> {

    @Override
    public int compareTo(Series other) {
      int order = source.compareTo(other.source);
      order = order != 0 ? order : workload.compareTo(other.workload);
      return order != 0 ? order : name.compareTo(other.name);
    }
  }

  /** Takes bins in the order of time. */
  interface Taker {

    void bin(Series series, long start, double value);
  }

  private static final long DAY = 86_400_000;

  private static final class Open {
    long start;
    double sum;
  }

  private final long length;
  private final Taker taker;
  private final Map<Series, Open> open = new HashMap<>();

  /**
   * @param length of a bin, milliseconds
   */
  Bins(long length, Taker taker) {
    this.length = length;
    this.taker = taker;
  }

  void add(Window window) {
    if (window.activity().isEmpty()) {
      return;
    }
    var egress = window.activity().egress();
    var ingress = window.activity().ingress();
    boolean bytes = window.source() == Source.VPC_FLOW;
    add(window, "egress", bytes ? egress.bytesOut() + egress.bytesIn() : egress.flows());
    add(window, "ingress", bytes ? ingress.bytesOut() + ingress.bytesIn() : ingress.flows());
  }

  /** Closes what is open. */
  void finish() {
    for (Series series : new TreeSet<>(open.keySet())) {
      Open last = open.get(series);
      taker.bin(series, last.start, last.sum);
    }
    open.clear();
  }

  private void add(Window window, String name, long amount) {
    Series series = new Series(window.source(), window.workload(), name);
    long start = Math.floorDiv(window.start(), length) * length;
    Open bin = open.get(series);
    if (bin == null && amount == 0) {
      return;
    }
    if (bin != null && start > bin.start) {
      taker.bin(series, bin.start, bin.sum);
      for (long at = bin.start + length; at < start && start - bin.start <= DAY; at += length) {
        taker.bin(series, at, 0);
      }
      bin.sum = 0;
    } else if (bin == null) {
      bin = new Open();
      open.put(series, bin);
    }
    bin.start = Math.max(bin.start, start);
    bin.sum += (double) amount;
  }
}
