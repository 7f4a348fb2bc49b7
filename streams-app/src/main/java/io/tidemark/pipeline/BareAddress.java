package io.tidemark.pipeline;

import io.tidemark.flow.Source;
import io.tidemark.window.Activity;
import io.tidemark.window.Edge;

/** An address inside that nobody claims. */
final class BareAddress {

  private BareAddress() {}

  /** Whether a workload of which nothing is known says anything by which it becomes known. */
  static boolean isSomebody(Dossier.Key key, Activity activity) {
    return !activity.isEmpty()
        && (!key.workload().namespace().isEmpty() || speaks(key.source(), activity));
  }

  /**
   * Whether a bare address is somebody. One that others merely tried is not, or a scan of empty
   * addresses would make subjects of them all; the policy agent never shows answers.
   */
  static boolean speaks(Source source, Activity activity) {
    if (!activity.egress().isEmpty() || !activity.dns().isEmpty()) {
      return true;
    }
    for (Edge edge : activity.edges().values()) {
      if (!edge.failed() || (source == Source.VPC_CNI && edge.opened() > 0)) {
        return true;
      }
    }
    return false;
  }
}
