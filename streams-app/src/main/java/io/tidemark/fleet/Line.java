package io.tidemark.fleet;

/**
 * One line of a node's exporter.
 *
 * @param time event time, milliseconds since the epoch
 * @param node name of the node that wrote it
 * @param json the line without its line end; the receiver owns it
 */
@SuppressWarnings("ArrayRecordComponent") // a message to be sent on, not a value to be compared
public record Line(long time, String node, byte[] json) {}
