package io.tidemark.pipeline;

import io.tidemark.detect.Learning;
import io.tidemark.detect.Normal;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import java.util.Map;

/**
 * How far Tidemark has come in knowing a workload.
 *
 * @param kind controller kind
 * @param firstSeen start of the first window, milliseconds since the epoch
 * @param lastWindow start of the latest window with facts
 * @param windowsSeen windows with facts
 * @param learning by detector: what is still missing before it speaks
 * @param versions by detector: version of what it learned
 * @param normal by detector: what it has learned to be normal
 */
public record BaselineReport(
    Workload workload,
    String kind,
    Source source,
    long firstSeen,
    long lastWindow,
    long windowsSeen,
    Map<String, Learning> learning,
    Map<String, Integer> versions,
    Map<String, Normal> normal) {

  public boolean ready() {
    return learning.values().stream().allMatch(Learning::ready);
  }
}
