package io.tidemark.control;

import io.tidemark.flow.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The statements that hold for a window; immutable. */
public final class Holding {

  public static final Holding NOTHING = new Holding(List.of());

  private final Map<String, List<Statement>> exact = new HashMap<>();
  private final List<Statement> open = new ArrayList<>();

  Holding(List<Statement> statements) {
    for (Statement statement : statements) {
      String workload = statement.selection().workload();
      if (new Glob(workload).isOpen()) {
        open.add(statement);
      } else {
        exact.computeIfAbsent(workload, any -> new ArrayList<>(1)).add(statement);
      }
    }
  }

  /** What of it is about one workload. */
  public Ruling of(Workload workload) {
    if (open.isEmpty() && exact.isEmpty()) {
      return Ruling.NONE;
    }
    String key = workload.key();
    List<Statement> matching = new ArrayList<>(exact.getOrDefault(key, List.of()));
    for (Statement statement : open) {
      if (statement.selection().matches(key)) {
        matching.add(statement);
      }
    }
    return matching.isEmpty() ? Ruling.NONE : new Ruling(matching);
  }
}
