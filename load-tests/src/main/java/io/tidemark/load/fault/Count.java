package io.tidemark.load.fault;

import java.util.Map;

/**
 * What became of the lines of an input partition.
 *
 * @param lines read
 * @param flows folded into windows
 * @param duplicates seen before
 * @param late older than allowed
 * @param skipped no flows
 * @param bad unreadable
 */
record Count(long lines, long flows, long duplicates, long late, long skipped, long bad) {

  static final Count NONE = new Count(0, 0, 0, 0, 0, 0);

  static Count of(Map<String, Long> numbers) {
    return new Count(
        numbers.getOrDefault("lines", 0L),
        numbers.getOrDefault("flows", 0L),
        numbers.getOrDefault("duplicates", 0L),
        numbers.getOrDefault("late", 0L),
        numbers.getOrDefault("skipped", 0L),
        numbers.getOrDefault("bad", 0L));
  }

  Count plus(Count other) {
    return new Count(
        lines + other.lines,
        flows + other.flows,
        duplicates + other.duplicates,
        late + other.late,
        skipped + other.skipped,
        bad + other.bad);
  }

  long accounted() {
    return flows + duplicates + late + skipped + bad;
  }

  /** The later of two counts of one partition. */
  Count later(Count other) {
    return other.lines > lines ? other : this;
  }
}
