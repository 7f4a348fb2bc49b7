package io.tidemark.load.growth;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an exponent must be.
 *
 * @param last whether that of the last two points counts, else that of all
 */
record Expectation(
    Sweep sweep, Measure measure, double least, double most, boolean last, String claim) {

  private static final double ANY = Double.POSITIVE_INFINITY;

  /** Whether it came out so. */
  record Verdict(boolean held, String sentence) {}

  /** Of points few and short, or of a machine with others on it, little can be asked. */
  static List<Expectation> all(boolean quick) {
    return quick
        ? List.of(
            of(Sweep.WORKLOADS, Measure.HEAP_ABOVE_IDLE, 0.4, 1.3, "heap is linear in workloads"),
            of(Sweep.WORKLOADS, Measure.STORE_BYTES, 0.8, 1.2, "state is linear in workloads"),
            of(Sweep.PEERS, Measure.STORE_BYTES_PER_WORKLOAD, -0.1, 1, "no worse than linear"))
        : List.of(
            of(Sweep.WORKLOADS, Measure.HEAP_ABOVE_IDLE, 0.7, 1.2, "heap is linear in workloads"),
            of(Sweep.WORKLOADS, Measure.STORE_BYTES, 0.9, 1.1, "state is linear in workloads"),
            of(
                Sweep.WORKLOADS,
                Measure.STORE_BYTES_PER_WORKLOAD,
                -0.1,
                0.1,
                "a workload costs what it costs, however many there are"),
            of(Sweep.WORKLOADS, Measure.RECORDS_PER_SECOND, -0.3, ANY, "throughput is flat"),
            ofLast(Sweep.PEERS, Measure.STORE_BYTES_PER_WORKLOAD, 0.1, "peers are bounded"),
            ofLast(Sweep.PEERS, Measure.HEAP_ABOVE_IDLE, 0.3, "peers are bounded"),
            of(Sweep.PEERS, Measure.RECORDS_PER_SECOND, -0.3, ANY, "throughput is flat"),
            of(Sweep.PARTITIONS, Measure.RECORDS_PER_SECOND, -0.3, ANY, "throughput is flat"),
            of(Sweep.PARTITIONS, Measure.STORE_BYTES, -0.1, 0.3, "state does not depend on it"));
  }

  private static Expectation of(
      Sweep sweep, Measure measure, double least, double most, String claim) {
    return new Expectation(sweep, measure, least, most, false, claim);
  }

  private static Expectation ofLast(Sweep sweep, Measure measure, double most, String claim) {
    return new Expectation(sweep, measure, -ANY, most, true, claim);
  }

  /** Empty if nothing of the kind was measured. */
  Optional<Verdict> of(Table table) {
    if (table.sweep() != sweep) {
      return Optional.empty();
    }
    return table.fit(measure).map(fit -> verdict(last ? fit.last() : fit.exponent()));
  }

  private Verdict verdict(double exponent) {
    boolean held = exponent >= least && exponent <= most;
    String range =
        least == -ANY
            ? "at most " + most
            : most == ANY ? "at least " + least : "from " + least + " to " + most;
    return new Verdict(
        held,
        String.format(
            Locale.ROOT,
            "%s, %s: exponent %.2f%s, %s %s",
            claim,
            measure.title(),
            exponent,
            last ? " at the end" : "",
            held ? "is" : "is NOT",
            range));
  }
}
