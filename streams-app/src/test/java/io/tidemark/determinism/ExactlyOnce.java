package io.tidemark.determinism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.alert.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * No state of an alert is told twice to a reader of committed records, and an alert's states come
 * in order. With the number of windows in parentheses,
 *
 * <pre>
 * legal:   open(1) update(2) update(5) resolved(7)
 * illegal: open(1) update(2) update(2)     told twice
 * illegal: open(1) update(5) update(2)     an older state after a newer
 * illegal: open(1) resolved(1) update(2)   goes on after its end
 * illegal: update(2)                       was never opened
 * </pre>
 */
public final class ExactlyOnce implements Guarantee {

  private record State(String id, Status status, int windows) {}

  private final Set<State> seen = new HashSet<>();
  private final Map<String, State> last = new HashMap<>();
  private final List<String> broken = new ArrayList<>();

  @Override
  public void told(Alert alert) {
    State state = new State(alert.id(), alert.status(), alert.windows());
    State before = last.put(alert.id(), state);
    if (!seen.add(state)) {
      broken.add("told twice: " + state);
    } else if (before == null && state.status() != Status.OPEN) {
      broken.add("was never opened: " + state);
    } else if (before != null
        && (before.status() == Status.RESOLVED || before.windows() > state.windows())) {
      broken.add(before + " was followed by " + state);
    }
  }

  @Override
  public void verify() {
    assertEquals(List.of(), broken, "exactly once");
    assertTrue(!seen.isEmpty(), "exactly once: nothing was told");
  }
}
