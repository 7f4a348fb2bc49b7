package io.tidemark.load;

/**
 * What the reference job keeps of one line.
 *
 * @param workload who sent it: namespace and name, or an address
 * @param time event time, milliseconds since the epoch
 * @param bytes 0 where the source does not count them
 * @param dropped whether it was not let through
 */
public record Observed(String workload, long time, long bytes, boolean dropped) {}
