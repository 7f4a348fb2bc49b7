package io.tidemark.window;

import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;

/** What OBSERVE tells JUDGE: one record of the activity topic. */
public sealed interface Fact {

  Source source();

  /** The input partition that it comes from. */
  int partition();

  /**
   * What one workload said in one window, as far as this input partition saw it.
   *
   * @param windowStart start of the window, milliseconds since the epoch
   */
  record Traffic(
      Source source, int partition, long windowStart, Workload workload, Activity activity)
      implements Fact {}

  /**
   * The source lost events. Goes to every partition of the activity topic.
   *
   * @param windowStart start of the window that the loss lies in
   * @param node who lost them, empty when unknown
   * @param lost how many, 0 when the source does not say
   */
  record Loss(Source source, int partition, long windowStart, String node, long lost)
      implements Fact {}

  /**
   * Who of the fleet met whom in an hour. Goes to every partition of the activity topic, before the
   * watermark that completes the hour. Told again, with more, when the partition was idle within
   * the hour.
   *
   * @param windowStart start of the hour, milliseconds since the epoch
   */
  record Prevalence(Source source, int partition, long windowStart, FleetHour fleet)
      implements Fact {}

  /**
   * All windows of this input partition that end at or before {@code through} are complete. Goes to
   * every partition of the activity topic. One that is not idle and repeats the one before says
   * that reading began anew.
   *
   * @param partitions how many input partitions this source has
   * @param through exclusive end of what is complete, milliseconds since the epoch
   * @param records flow records folded into the windows that this watermark completes
   * @param idle whether the partition is at its end for now, so that nobody should wait for it;
   *     said again for as long as it lasts
   */
  record Watermark(
      Source source, int partition, int partitions, long through, long records, boolean idle)
      implements Fact {}
}
