package io.tidemark.detect;

import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.window.Activity;

/**
 * What a detector judges: one workload's facts in one closed window. External peers already carry
 * the name that DNS or the configuration gives them. A window may be empty: a workload is also
 * judged when something is due ({@link Detector#due}) and it said nothing.
 *
 * @param source where the facts come from; units of different sources never mix
 * @param workload whose facts they are
 * @param start first millisecond, since the epoch
 * @param end first millisecond after
 * @param activity the merged facts; not to be changed
 * @param lossy whether the source declared that it lost a notable share of this window's events, so
 *     that absence proves nothing
 * @param prevalence what the rest of the fleet talks to
 * @param replicas the pods that the workload is known by, those of this window included
 */
public record Window(
    Source source,
    Workload workload,
    long start,
    long end,
    Activity activity,
    boolean lossy,
    Prevalence prevalence,
    Replicas replicas) {

  /** A window of a workload of whose fleet nothing is known. */
  public Window(
      Source source, Workload workload, long start, long end, Activity activity, boolean lossy) {
    this(source, workload, start, end, activity, lossy, Prevalence.UNKNOWN, Replicas.NONE);
  }

  /** Length in milliseconds. */
  public long length() {
    return end - start;
  }
}
