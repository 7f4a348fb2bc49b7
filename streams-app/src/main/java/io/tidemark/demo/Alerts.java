package io.tidemark.demo;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.Status;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The alerts so far, each by its newest state. Bounded by the length of the demonstration. */
final class Alerts {

  private final Map<String, Told> byId = new LinkedHashMap<>();

  /**
   * Takes the next state of an alert.
   *
   * @return whether a person should see it: it is new, or its severity has risen
   */
  boolean take(Alert alert) {
    Told before = byId.get(alert.id());
    byId.put(alert.id(), new Told(before == null ? alert : before.first(), alert));
    return before == null
        || (alert.status() != Status.RESOLVED
            && alert.severity().compareTo(before.last().severity()) > 0);
  }

  /** All of them, in the order in which they were opened. */
  Collection<Told> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  /** The newest state of each as a line of canonical JSON, in the order of the lines' bytes. */
  List<String> canonical() {
    return byId.values().stream().map(told -> AlertJson.write(told.last(), true)).sorted().toList();
  }
}
