package io.tidemark.pipeline;

import io.tidemark.flow.Source;
import io.tidemark.state.ObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many workloads of a source may be known: names and addresses can be made up faster than they
 * are forgotten. Those that are known stay, and a new one has to wait, unless there are passers-by:
 * workloads that spoke in a window or two, not of late, and of which no alert is open. They make
 * room, all of them, in the first window in which there is none.
 *
 * <p>Whom there is room for depends on the content of the windows alone, but for the share that
 * each partition of the activity topic has.
 */
public final class Room {

  /** Windows in which a passer-by spoke, at most. */
  static final long PASSING_WINDOWS = 2;

  /** For how long a passer-by said nothing, at least, milliseconds. */
  static final long PASSED_AFTER = Duration.ofMinutes(10).toMillis();

  private final int most;
  private final Map<Source, Long> cleared = new EnumMap<>(Source.class);

  /**
   * @param most workloads of a source that may be known, above 0
   */
  public Room(int most) {
    this.most = most;
  }

  /** Where it is known who comes. */
  public static Room forAll() {
    return new Room(Integer.MAX_VALUE);
  }

  /**
   * Whether a workload of which nothing is known may be; lets passers-by go if it must.
   *
   * @param output told if not
   */
  boolean admits(
      Dossier.Key key,
      long start,
      ObjectStore<Dossier.Key, Dossier> dossiers,
      Agenda agenda,
      JudgeStage.Output output) {
    if (key.workload().isSource() || agenda.known() < most) {
      return true;
    }
    Long before = cleared.put(key.source(), start);
    if (before == null || before != start) {
      clear(key.source(), start, dossiers, agenda, output);
    }
    if (agenda.known() < most) {
      return true;
    }
    output.crowded(key.source(), key.workload());
    return false;
  }

  private static void clear(
      Source source,
      long start,
      ObjectStore<Dossier.Key, Dossier> dossiers,
      Agenda agenda,
      JudgeStage.Output output) {
    List<Dossier.Key> passed = new ArrayList<>();
    dossiers.forEach(
        (key, dossier) -> {
          if (key.source() == source && passed(dossier, start)) {
            passed.add(key);
          }
        });
    passed.sort(null);
    for (Dossier.Key key : passed) {
      dossiers.remove(key);
      agenda.due(key.workload(), Long.MAX_VALUE);
      agenda.census.gone(key.workload());
      output.forgot(source, start, key.workload());
    }
  }

  private static boolean passed(Dossier dossier, long start) {
    return dossier.windowsSeen <= PASSING_WINDOWS
        && start - dossier.lastSeen >= PASSED_AFTER
        && !dossier.hasOpenAlerts();
  }
}
