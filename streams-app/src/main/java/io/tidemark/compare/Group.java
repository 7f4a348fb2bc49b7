package io.tidemark.compare;

import io.tidemark.compare.Difference.Kind;
import io.tidemark.flow.Workload;
import java.util.List;

/**
 * What differs for one detector and workload.
 *
 * @param detector the detector's public name
 * @param workload whom it is about
 * @param differences strongest first; never empty
 */
public record Group(String detector, Workload workload, List<Difference> differences) {

  public Group {
    differences = List.copyOf(differences);
  }

  /** How many differences are of this kind. */
  public long count(Kind kind) {
    return differences.stream().filter(each -> each.kind() == kind).count();
  }

  double score() {
    return differences.get(0).score();
  }
}
