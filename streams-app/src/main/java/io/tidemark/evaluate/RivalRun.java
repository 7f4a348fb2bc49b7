package io.tidemark.evaluate;

import io.tidemark.alert.Severity;
import io.tidemark.detect.Window;
import io.tidemark.flow.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A rival at work: makes alerts of what its rule finds, by the rule by which Tidemark makes them,
 * so that what goes on counts once for both.
 */
public final class RivalRun {

  private record Key(Workload workload, String subjectKind, String subject) {}

  private final Rival rival;
  private final long quiet;
  private final Map<Key, Claim> latest = new HashMap<>();
  private final List<Claim> closed = new ArrayList<>();
  private int made;

  /**
   * @param quiet how long nothing must be found for an alert to be over, milliseconds
   */
  public RivalRun(Rival rival, long quiet) {
    this.rival = rival;
    this.quiet = quiet;
  }

  public Rival rival() {
    return rival;
  }

  public void judge(Window window) {
    rival.judge(window, this::found);
  }

  private void found(Window window, String subjectKind, String subject, long from, String summary) {
    Key key = new Key(window.workload(), subjectKind, subject);
    Claim open = latest.get(key);
    if (open != null && window.start() < open.to() + quiet) {
      latest.put(
          key, claim(key, open.id(), open.from(), window.end(), open.told(), open.summary()));
      return;
    }
    if (open != null) {
      closed.add(open);
    }
    String id = rival.name() + '-' + ++made;
    latest.put(
        key, claim(key, id, Math.min(from, window.start()), window.end(), window.end(), summary));
  }

  private Claim claim(Key key, String id, long from, long to, long told, String summary) {
    return new Claim(
        id,
        rival.name(),
        Severity.HIGH,
        key.workload(),
        Workload.KIND_UNKNOWN,
        key.subjectKind(),
        key.subject(),
        "",
        from,
        to,
        told,
        summary);
  }

  /** Every alert it would have made. */
  public List<Claim> claims() {
    List<Claim> all = new ArrayList<>(closed);
    all.addAll(latest.values());
    return all;
  }
}
