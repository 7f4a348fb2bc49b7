package io.tidemark.compare;

import io.tidemark.alert.Alert;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds among the alerts that one run alone tells those that tell the same story from another
 * window on: an alert's id is made of its first window, so that such a couple has two ids.
 */
final class Pairing {

  private static final Comparator<Alert> BY_TIME =
      Comparator.comparingLong(Alert::windowStart)
          .thenComparingLong(Alert::windowEnd)
          .thenComparing(Alert::id);

  private final long reach;
  private final Map<Story, List<Alert>> removed = new HashMap<>();
  private final Map<Story, List<Alert>> added = new HashMap<>();

  /**
   * @param reach how far apart two alerts may lie to be one story, milliseconds
   */
  Pairing(long reach) {
    this.reach = reach;
  }

  void removed(Alert alert) {
    removed.computeIfAbsent(Story.of(alert), story -> new ArrayList<>()).add(alert);
  }

  void added(Alert alert) {
    added.computeIfAbsent(Story.of(alert), story -> new ArrayList<>()).add(alert);
  }

  /** Every alert once, in no particular order, in a couple where there is one. */
  List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    removed.forEach((story, old) -> pair(old, added.getOrDefault(story, List.of()), pairs));
    added.forEach(
        (story, now) -> {
          if (!removed.containsKey(story)) {
            now.forEach(alert -> pairs.add(new Pair(null, alert)));
          }
        });
    return pairs;
  }

  /** In order of time, each with the nearest that is left; couples never cross. */
  private void pair(List<Alert> olds, List<Alert> nows, List<Pair> pairs) {
    List<Alert> old = olds.stream().sorted(BY_TIME).toList();
    List<Alert> now = nows.stream().sorted(BY_TIME).toList();
    int i = 0;
    int j = 0;
    while (i < old.size() || j < now.size()) {
      Alert o = i < old.size() ? old.get(i) : null;
      Alert n = j < now.size() ? now.get(j) : null;
      if (o == null || n == null) {
        pairs.add(new Pair(o, n));
        i += o == null ? 0 : 1;
        j += n == null ? 0 : 1;
      } else if (Story.apart(o, n) > reach) {
        boolean first = BY_TIME.compare(o, n) < 0;
        pairs.add(first ? new Pair(o, null) : new Pair(null, n));
        i += first ? 1 : 0;
        j += first ? 0 : 1;
      } else if (j + 1 < now.size() && nearer(o, now.get(j + 1), n)) {
        pairs.add(new Pair(null, n));
        j++;
      } else if (i + 1 < old.size() && nearer(n, old.get(i + 1), o)) {
        pairs.add(new Pair(o, null));
        i++;
      } else {
        pairs.add(new Pair(o, n));
        i++;
        j++;
      }
    }
  }

  /** Whether {@code next} is nearer to an alert than {@code thisOne}; its start settles a tie. */
  private static boolean nearer(Alert alert, Alert next, Alert thisOne) {
    int order = Long.compare(Story.apart(alert, next), Story.apart(alert, thisOne));
    return order < 0
        || (order == 0
            && Math.abs(next.windowStart() - alert.windowStart())
                < Math.abs(thisOne.windowStart() - alert.windowStart()));
  }
}
