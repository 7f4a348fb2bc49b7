package io.tidemark.load.growth;

/**
 * A port scan, which is told from its first window on: no baseline is needed.
 *
 * @param number from 0
 * @param workload who scans its neighbour; no other incident is this workload's, as long as there
 *     are no more incidents than workloads
 * @param start of its first line, milliseconds since the epoch
 */
record Incident(int number, int workload, long start) {

  /** Ports that are tried, all within a window; fifteen are told. */
  static final int PORTS = 20;

  /** The lines follow each other in so many milliseconds. */
  static final long STEP = 10;

  /** End of the window that holds it. */
  long windowEnd() {
    return Math.floorDiv(start, Traffic.WINDOW) * Traffic.WINDOW + Traffic.WINDOW;
  }
}
