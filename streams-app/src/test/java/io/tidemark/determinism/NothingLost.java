package io.tidemark.determinism;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;

/**
 * Every record is read once, and every line of it is accounted for: per input partition, records
 * produced = lines = flows + duplicates + late + skipped + bad. For input of one line per record.
 */
public final class NothingLost implements Guarantee {

  private final Map<Integer, Long> produced = new TreeMap<>();
  private final Map<Integer, Count> counted = new TreeMap<>();

  @Override
  public void produced(int partition) {
    produced.merge(partition, 1L, Long::sum);
  }

  /** The last count of a partition is the one that counts. */
  @Override
  public void counted(int partition, Count count) {
    counted.put(partition, count);
  }

  @Override
  public boolean fulfilled() {
    return produced.entrySet().stream()
        .allMatch(
            each -> {
              Count count = counted.get(each.getKey());
              return count != null && count.lines() == each.getValue();
            });
  }

  @Override
  public void verify() {
    produced.forEach(
        (partition, records) -> {
          Count count = counted.get(partition);
          String what = "nothing lost: partition " + partition + " counts " + count;
          assertEquals(records, count == null ? 0L : count.lines(), what);
          assertEquals(records, count.accounted(), what);
        });
  }
}
