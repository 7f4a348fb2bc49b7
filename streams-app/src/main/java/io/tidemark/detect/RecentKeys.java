package io.tidemark.detect;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hashes with the hour in which each was last seen. Holds at most its capacity after each {@link
 * #trim}; the one seen longest ago goes first, of two the smaller key. At most 18 bytes each when
 * written.
 */
final class RecentKeys {

  private static final Comparator<Map.Entry<Long, Long>> OLDEST_FIRST =
      Map.Entry.<Long, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey());

  private final int capacity;
  private final Map<Long, Long> lastHour = new HashMap<>();

  RecentKeys(int capacity) {
    this.capacity = capacity;
  }

  boolean contains(long key) {
    return lastHour.containsKey(key);
  }

  /** Whether it was seen in this hour or later. */
  boolean since(long key, long hour) {
    Long last = lastHour.get(key);
    return last != null && last >= hour;
  }

  void add(long key, long hour) {
    lastHour.put(key, hour);
  }

  int size() {
    return lastHour.size();
  }

  void trim() {
    if (lastHour.size() <= capacity) {
      return;
    }
    List<Map.Entry<Long, Long>> entries = new ArrayList<>(lastHour.entrySet());
    entries.sort(OLDEST_FIRST);
    for (Map.Entry<Long, Long> entry : entries.subList(0, entries.size() - capacity)) {
      lastHour.remove(entry.getKey());
    }
  }

  void write(StateWriter out) {
    out.varint(lastHour.size());
    new TreeMap<>(lastHour).forEach((key, hour) -> out.fixed64(key).varlong(hour));
  }

  static RecentKeys read(StateReader in, int capacity) {
    RecentKeys keys = new RecentKeys(capacity);
    for (int left = in.count(); left > 0; left--) {
      keys.add(in.fixed64(), in.varlong());
    }
    return keys;
  }
}
