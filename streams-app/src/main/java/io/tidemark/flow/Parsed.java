package io.tidemark.flow;

import java.util.List;

/** What a parser made of one raw record: a value or a reason, never an exception. */
public sealed interface Parsed {

  /** A flow. */
  record Of(Flow flow) implements Parsed {}

  /**
   * The source says that it lost events.
   *
   * @param source who lost them
   * @param time event time of the notice, milliseconds since the epoch
   * @param node the node or interface that lost them, empty when unknown
   * @param lost how many, 0 when the source does not say
   * @param first start of the loss, milliseconds since the epoch; {@code time} when unknown
   */
  record Loss(Source source, long time, String node, long lost, long first) implements Parsed {}

  /** Well-formed, but not a flow (another line of the same file, a header, a blank line). */
  record Skipped(String reason) implements Parsed {}

  /**
   * Not readable: goes to the dead letters.
   *
   * @param reason one of the constants of {@link BadReason}, a metric tag
   * @param detail names the place and the value, bounded and printable
   */
  record Bad(BadReason reason, String detail) implements Parsed {}

  /** One record that holds several log lines (a CloudWatch envelope); never nested. */
  record Many(List<Parsed> parts) implements Parsed {}
}
