package io.tidemark.load.growth;

/**
 * One line.
 *
 * @param node number of the node that reports it
 * @param nanos its event time, nanoseconds since the epoch
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on and never compared.
record Line(int node, long nanos, byte[] json) {}
