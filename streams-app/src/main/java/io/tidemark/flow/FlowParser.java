package io.tidemark.flow;

/**
 * Reads the records of one input partition in order. A parser never throws for what it is given and
 * reads no clock. It may remember a little across records (the header line of a VPC flow log file);
 * that memory is a short string, so that it can be kept with the partition's other state.
 */
public interface FlowParser {

  /** Time of a raw record is not known. */
  long NO_TIME = Long.MIN_VALUE;

  /**
   * Parses one raw record.
   *
   * @param value the record's bytes, {@code null} for a record without a value
   * @param recordTime when the record was written to its topic, milliseconds since the epoch,
   *     {@link #NO_TIME} when unknown; used only where the line itself carries no time
   */
  Parsed parse(byte[] value, long recordTime);

  /** What the parser remembers across records, empty if nothing. */
  default String memory() {
    return "";
  }

  /** Restores what {@link #memory()} returned. */
  default void restore(String memory) {}
}
