package io.tidemark.explain;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertId;
import io.tidemark.config.Config;
import io.tidemark.control.Control;
import io.tidemark.detect.Detector;
import io.tidemark.detect.Normal;
import io.tidemark.detect.Signal;
import io.tidemark.detect.Window;
import io.tidemark.pipeline.BaselineReport;
import io.tidemark.pipeline.Dossier;
import io.tidemark.pipeline.JudgeStage;
import io.tidemark.window.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Judges the workload of one alert once more, from its history, and keeps what was known when the
 * alert's windows came: at most {@value #MOST_WINDOWS} of them, the first.
 */
public final class Recomputation implements Consumer<Fact> {

  /** Windows of an episode that are kept with what was learned before them. */
  static final int MOST_WINDOWS = 120;

  private final Config config;
  private final Alert alert;
  private final Detector<?> detector;
  private final Hindsight hindsight;
  private final List<Alert> told = new ArrayList<>();
  private final Hearing own = new Hearing();
  private final Hearing others = new Hearing();
  private Judged last;
  private Known lastKnown;
  private boolean begun;
  private long earliest = Long.MAX_VALUE;

  /** Windows in which something about the alert's subject was found. */
  private static final class Hearing {
    final List<Judged> judged = new ArrayList<>();
    final List<Account.Moment> moments = new ArrayList<>();
    Known before;
    long more;

    void add(Judged at, Signal signal, Known known) {
      before = before == null ? known : before;
      if (judged.size() == MOST_WINDOWS) {
        more++;
        return;
      }
      judged.add(at);
      moments.add(
          new Account.Moment(
              at.window().start(), at.window().end(), signal.score(), signal.summary()));
    }
  }

  /** What was known before a window. */
  record Known(long at, long firstSeen, long windowsSeen, Map<String, Normal> normal) {}

  /**
   * @param config whose detectors judge; the alert's own may be switched off there
   * @param control what operators said
   */
  public Recomputation(Config config, Alert alert, Control control) {
    this.config = config;
    this.alert = alert;
    this.detector = Silencing.detector(config, alert.detector()).orElse(null);
    this.hindsight =
        new Hindsight(config, alert.workload()::equals, Hindsight.ALL, control, new Listening());
  }

  @Override
  public void accept(Fact fact) {
    if (fact instanceof Fact.Traffic traffic && traffic.source() == alert.source()) {
      earliest = Math.min(earliest, traffic.windowStart());
    }
    hindsight.accept(fact);
  }

  /**
   * What came of it.
   *
   * @param published whether the alert was read from where alerts are published, and not found by
   *     recomputing
   */
  public Account account(boolean published) {
    // Under other settings the episode begins elsewhere, and has another identifier.
    Hearing heard = own.judged.isEmpty() ? others : own;
    Known before = heard.before == null ? lastKnown : heard.before;
    Judged shown = strongest(heard).orElse(last);
    Silencing silencing = new Silencing(config, alert, heard.judged);
    List<Account.Setting> alone = heard.judged.isEmpty() ? List.of() : silencing.settings();
    boolean pairs = !heard.judged.isEmpty() && !Silencing.precise(alone);
    return new Account(
        alert,
        published,
        detector != null,
        earliest,
        Agreement.of(alert, told),
        before == null ? Map.of() : new TreeMap<>(before.normal()),
        before == null ? Account.UNKNOWN : before.firstSeen(),
        before == null ? 0 : before.windowsSeen(),
        before == null ? Account.UNKNOWN : before.at(),
        shown == null ? null : shown.window(),
        heard.moments,
        heard.more,
        alone,
        pairs ? silencing.pair() : List.of());
  }

  private Optional<Judged> strongest(Hearing heard) {
    Judged strongest = null;
    double most = -1;
    for (int i = 0; i < heard.judged.size(); i++) {
      if (heard.moments.get(i).score() > most) {
        most = heard.moments.get(i).score();
        strongest = heard.judged.get(i);
      }
    }
    return Optional.ofNullable(strongest);
  }

  private final class Listening implements JudgeStage.Output {

    @Override
    public void alert(long start, Alert said) {
      if (said.id().equals(alert.id())) {
        told.add(said);
      }
    }

    @Override
    public void baseline(BaselineReport report) {}

    @Override
    public void judging(Dossier.Key key, Dossier before, Window window) {
      boolean during = window.end() > alert.windowStart() && window.end() <= alert.windowEnd();
      if (key.source() != alert.source() || !during) {
        return;
      }
      byte[] lesson = before.lesson(hindsight.panel(), alert.detector()).orElse(null);
      if (lesson == null || detector == null) {
        return;
      }
      Judged judged =
          new Judged(detector, window, before.profile(alert.detector(), window.start()), lesson);
      List<Signal> signals = judged.signals(detector, config.alerts().minScore());
      Optional<Signal> about = Judged.about(alert, signals);
      begun |= about.isPresent() && begins(window);
      Hearing hearing = begun ? own : others;
      if (about.isPresent()) {
        hearing.add(judged, about.get(), hearing.before == null ? known(before, window) : null);
      }
      if (window.end() == alert.windowEnd()) {
        last = judged;
        lastKnown = known(before, window);
      }
    }
  }

  /** An alert's identifier tells in which window its episode began. */
  private boolean begins(Window window) {
    return AlertId.of(
            alert.detector(),
            alert.workload(),
            alert.source(),
            alert.subjectKind(),
            alert.subject(),
            window.start())
        .equals(alert.id());
  }

  private Known known(Dossier before, Window window) {
    return new Known(
        window.start(),
        before.firstSeen(),
        before.windowsSeen(),
        before.normal(hindsight.panel(), window.start()));
  }
}
