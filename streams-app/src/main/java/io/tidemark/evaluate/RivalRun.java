package io.tidemark.evaluate;

import io.tidemark.alert.Severity;
import io.tidemark.detect.Window;
import io.tidemark.evaluate.Rival.Finding;
import io.tidemark.flow.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A rival at work: makes alerts of what its rule finds, by the rule by which Tidemark makes them,
 * so that what goes on counts once for both. A rival may be wrong a million times in one history,
 * so what is wrong is counted and let go.
 */
public final class RivalRun {

  private record Key(Workload workload, String subjectKind, String subject) {}

  private final Rival rival;
  private final long quiet;
  private final Supplier<List<Event>> events;
  private final Rules rules;
  private final Map<Key, Claim> open = new HashMap<>();
  private final List<Claim> telling = new ArrayList<>();
  private int made;
  private int wrong;

  /**
   * Sets a rival to work.
   *
   * @param quiet how long nothing must be found for an alert to be over, milliseconds
   * @param events what happened, as far as is known
   * @param rules for Tidemark; for a rival every alert that matches finds the event
   */
  public RivalRun(Rival rival, long quiet, Supplier<List<Event>> events, Rules rules) {
    this.rival = rival;
    this.quiet = quiet;
    this.events = events;
    this.rules = rules.forAnyDetector();
  }

  public void judge(Window window) {
    rival.judge(window, this::found);
  }

  /** The input is at its end: what the rival made of it. */
  public Report.RivalResult finish(Exposure exposure) {
    rival.finish(this::found);
    open.values().forEach(this::close);
    open.clear();
    return new Report.RivalResult(
        rival.name(),
        rival.rule(),
        Evaluation.of(events.get(), telling, rules, exposure).withFurtherWrong(wrong));
  }

  private void found(Finding finding) {
    Key key = new Key(finding.workload(), finding.subjectKind(), finding.subject());
    Claim before = open.get(key);
    if (before != null && finding.to() <= before.to() + quiet) {
      open.put(key, claim(before.id(), before.from(), before.told(), before.to(), finding));
      return;
    }
    if (before != null) {
      close(before);
    }
    open.put(
        key,
        claim(rival.name() + '-' + ++made, finding.from(), finding.told(), finding.to(), finding));
  }

  private void close(Claim claim) {
    boolean tells =
        events.get().stream()
            .anyMatch(event -> rules.overlap(event, claim) && event.concerns(claim));
    if (tells) {
      telling.add(claim);
    } else {
      wrong++;
    }
  }

  private Claim claim(String id, long from, long told, long to, Finding latest) {
    return new Claim(
        id,
        rival.name(),
        Severity.CRITICAL,
        latest.workload(),
        Workload.KIND_UNKNOWN,
        latest.subjectKind(),
        latest.subject(),
        "",
        from,
        Math.max(to, latest.to()),
        told,
        latest.summary());
  }
}
