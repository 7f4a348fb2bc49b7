package io.tidemark.load.fault;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is promised of every run, whatever happens on the way:
 *
 * <ul>
 *   <li>the last state of every alert, published or held back, is byte for byte the one that {@code
 *       observe} tells of the same lines;
 *   <li>to a reader of committed records no state of an alert is told twice, and each alert's
 *       states come in order;
 *   <li>for every input partition, records written = lines = flows + duplicates + late + skipped +
 *       bad.
 * </ul>
 *
 * Not thread-safe.
 */
final class Promises {

  private static final int SHOWN = 3;
  private static final int AROUND = 120;

  private record State(String id, Status status, int windows) {}

  private final Load load;
  private final SortedMap<String, String> alerts = new TreeMap<>();
  private final SortedMap<String, String> shadow = new TreeMap<>();
  private final Set<State> seen = new HashSet<>();
  private final Map<String, State> last = new HashMap<>();
  private final Map<Integer, Count> counts = new TreeMap<>();
  private final List<String> disorder = new ArrayList<>();
  private long told;
  private long heldBack;
  private long twice;

  Promises(Load load) {
    this.load = load;
  }

  /** A committed record of the alert topic, in the order of its partition. */
  void told(Alert alert) {
    told++;
    if (!load.either().contains(alert.id())) {
      alerts.put(alert.id(), AlertJson.write(alert, true));
    }
    State state = new State(alert.id(), alert.status(), alert.windows());
    State before = last.put(alert.id(), state);
    if (!seen.add(state)) {
      twice++;
      disorder.add("told twice: " + state);
    } else if (before == null && state.status() != Status.OPEN) {
      disorder.add("was never opened: " + state);
    } else if (before != null
        && (before.status() == Status.RESOLVED || before.windows() > state.windows())) {
      disorder.add(before + " was followed by " + state);
    }
  }

  /** A committed record of what is not published. */
  void heldBack(Alert alert) {
    heldBack++;
    if (!load.either().contains(alert.id())) {
      shadow.put(alert.id(), AlertJson.write(alert, true));
    }
  }

  /** What an instance says of a partition; one that gave it up knows less. */
  void counted(int partition, Count count) {
    counts.merge(partition, count, Count::later);
  }

  /** Records of published alerts, updates included. */
  long told() {
    return told;
  }

  /** Records of alerts that are not published. */
  long heldBack() {
    return heldBack;
  }

  long twice() {
    return twice;
  }

  Count sum() {
    return counts.values().stream().reduce(Count.NONE, Count::plus);
  }

  /** Whether all that is expected has come, so that waiting can end. */
  boolean fulfilled(Map<Integer, Long> written) {
    return alerts.equals(load.alerts())
        && shadow.equals(load.shadow())
        && written.entrySet().stream()
            .allMatch(
                each -> counts.getOrDefault(each.getKey(), Count.NONE).lines() == each.getValue());
  }

  /** What was not kept, in a few lines. */
  List<String> broken(Map<Integer, Long> written) {
    List<String> broken = new ArrayList<>();
    differ("alert", load.alerts(), alerts, broken);
    differ("held back", load.shadow(), shadow, broken);
    disorder.stream().limit(SHOWN).forEach(broken::add);
    written.forEach(
        (partition, records) -> {
          Count count = counts.getOrDefault(partition, Count.NONE);
          if (count.lines() != records || count.accounted() != records) {
            broken.add(
                records
                    + " records written to partition "
                    + partition
                    + ", accounted for "
                    + count);
          }
        });
    return broken;
  }

  /** Alerts are long: some characters around the first that differs. */
  private static String difference(String what, String id, String expected, String found) {
    int at = 0;
    while (at < Math.min(expected.length(), found.length())
        && expected.charAt(at) == found.charAt(at)) {
      at++;
    }
    return what
        + " differs: "
        + id
        + ": expected "
        + around(expected, at)
        + " but was "
        + around(found, at);
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - AROUND), Math.min(text.length(), at + AROUND));
  }

  private static void differ(
      String what,
      SortedMap<String, String> expected,
      SortedMap<String, String> found,
      List<String> broken) {
    List<String> differences = new ArrayList<>();
    expected.forEach(
        (id, json) -> {
          if (!found.containsKey(id)) {
            differences.add(what + " missing: " + json);
          } else if (!found.get(id).equals(json)) {
            differences.add(difference(what, id, json, found.get(id)));
          }
        });
    found.forEach(
        (id, json) -> {
          if (!expected.containsKey(id)) {
            differences.add(what + " too many: " + json);
          }
        });
    differences.stream().limit(SHOWN).forEach(broken::add);
    if (differences.size() > SHOWN) {
      broken.add("... and " + (differences.size() - SHOWN) + " more of: " + what);
    }
  }
}
