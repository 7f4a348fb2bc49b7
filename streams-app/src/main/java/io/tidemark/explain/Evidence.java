package io.tidemark.explain;

import io.tidemark.alert.Alert;
import io.tidemark.detect.Signal;
import io.tidemark.window.Coordinates;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which records of the input to show of an alert's evidence: of every range its first and its last,
 * for between the two other traffic may lie. At most {@link RawLine#MOST}.
 */
public final class Evidence {

  private Evidence() {}

  /** Each is a single record, most telling first. */
  public static List<Coordinates> records(Alert alert) {
    Set<Coordinates> records = new LinkedHashSet<>();
    for (Signal.Evidence seen : alert.evidence()) {
      for (Coordinates range : seen.coordinates()) {
        records.add(at(range, range.first()));
        records.add(at(range, range.last()));
      }
    }
    List<Coordinates> all = new ArrayList<>(records);
    return List.copyOf(all.subList(0, Math.min(RawLine.MOST, all.size())));
  }

  private static Coordinates at(Coordinates range, long offset) {
    return new Coordinates(range.input(), range.partition(), offset, offset);
  }
}
