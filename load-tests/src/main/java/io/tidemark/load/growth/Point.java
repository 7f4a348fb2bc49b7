package io.tidemark.load.growth;

import java.util.ArrayList;
import java.util.List;

/**
 * One point of a sweep: what is measured, and under which conditions.
 *
 * @param name of the point in tables
 * @param x where it lies on the sweep's axis, above 0
 * @param partitions of every topic
 * @param threads of the service
 * @param first lines after which what it keeps is measured for the first time
 * @param second lines after its restart, 0 for none: then there is no restart
 * @param settings of Tidemark, beside those that follow from the above
 */
record Point(
    String name,
    double x,
    Traffic traffic,
    int partitions,
    int threads,
    long first,
    long second,
    List<String> settings) {

  Point {
    settings = List.copyOf(settings);
  }

  /** All settings of Tidemark. */
  List<String> all() {
    List<String> all = new ArrayList<>();
    all.add("streams.threads=" + threads);
    all.add("topics.raw-partitions=" + partitions);
    all.add("topics.partitions=" + partitions);
    all.addAll(settings);
    return all;
  }
}
