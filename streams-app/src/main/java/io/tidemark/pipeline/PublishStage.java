package io.tidemark.pipeline;

import io.tidemark.control.Control;
import io.tidemark.control.Holding;
import io.tidemark.flow.Source;
import io.tidemark.publish.Ledger;
import io.tidemark.publish.PublishSettings;
import io.tidemark.state.ObjectStore;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * PUBLISH for the clusters of one partition: gathers what all partitions of the activity topic
 * found in a window, and once the slowest has been judged past it decides, in order of time and, in
 * a window, of cluster and workload, what of it people are told.
 */
public final class PublishStage {

  /**
   * What the stage must not forget.
   *
   * @param progress how far each source is judged
   * @param findings what waits for its window to be judged everywhere
   * @param ledgers what is published, by cluster
   */
  public record Stores(
      ObjectStore<Source, JudgedProgress> progress,
      ObjectStore<Findings.Key, Findings> findings,
      ObjectStore<Ledger.Key, Ledger> ledgers) {}

  private final long length;
  private final PublishSettings settings;
  private final Stores stores;
  private final Control control;
  private final Ledger.Output output;
  private final Map<Source, Agenda> agendas = new EnumMap<>(Source.class);

  /** What comes next for one source; made anew from the stores at a start. */
  private static final class Agenda {
    final TreeMap<Long, TreeSet<String>> waiting = new TreeMap<>();
    final TreeMap<String, Long> due = new TreeMap<>();

    long next() {
      long next = waiting.isEmpty() ? Long.MAX_VALUE : waiting.firstKey();
      for (long at : due.values()) {
        next = Math.min(next, at);
      }
      return next;
    }

    /** Takes out the clusters whose turn it is. */
    SortedSet<String> take(long start) {
      TreeSet<String> clusters = waiting.remove(start);
      TreeSet<String> all = clusters == null ? new TreeSet<>() : clusters;
      due.forEach(
          (cluster, at) -> {
            if (at <= start) {
              all.add(cluster);
            }
          });
      return all;
    }
  }

  /**
   * @param control what operators ask for; here, which of the alerts that this stage raises itself
   *     they do not want
   */
  public PublishStage(
      Duration windowLength,
      PublishSettings settings,
      Stores stores,
      Control control,
      Ledger.Output output) {
    this.control = control;
    this.length = windowLength.toMillis();
    this.settings = settings;
    this.stores = stores;
    this.output = output;
    stores.findings().forEach((key, findings) -> waits(key));
    stores.ledgers().forEach(this::due);
  }

  /** Takes what comes next; a mark may complete any number of windows. */
  public void accept(Told told) {
    if (told instanceof Told.Raised raised) {
      Findings.Key key = key(raised.source(), raised.start(), raised.alert().workload().cluster());
      Findings findings = findings(key);
      findings.add(raised.alert());
      stores.findings().put(key, findings);
    } else if (told instanceof Told.Active active) {
      Findings.Key key = key(active.source(), active.start(), active.cluster());
      Findings findings = findings(key);
      findings.add(active);
      stores.findings().put(key, findings);
    } else if (told instanceof Told.Mark mark) {
      JudgedProgress progress = progress(mark.source());
      progress.mark(mark);
      handle(mark.source(), progress, progress.complete());
      stores.progress().put(mark.source(), progress);
    }
  }

  /**
   * The input is at its end: handles all that some partition has judged, without waiting for those
   * that are behind.
   */
  public void finish() {
    for (Source source : Source.values()) {
      JudgedProgress progress = stores.progress().get(source);
      if (progress != null) {
        handle(source, progress, progress.furthest());
        stores.progress().put(source, progress);
      }
    }
  }

  private void handle(Source source, JudgedProgress progress, long through) {
    Agenda agenda = agenda(source);
    while (through != JudgedProgress.NOTHING && agenda.next() <= through - length) {
      long start = agenda.next();
      for (String cluster : agenda.take(start)) {
        turn(source, cluster, start);
      }
      progress.through(start + length);
    }
    progress.through(through);
  }

  private void turn(Source source, String cluster, long start) {
    Ledger.Key key = new Ledger.Key(source, cluster);
    Ledger known = stores.ledgers().get(key);
    Ledger ledger = known == null ? new Ledger() : known;
    Findings.Key waiting = new Findings.Key(source, start, cluster);
    Findings told = stores.findings().get(waiting);
    Findings findings = told == null ? new Findings() : told;
    Holding holding = control.at(start);
    ledger.turn(
        key,
        findings.page(start, start + length),
        settings,
        own -> holding.of(own.workload()).hides(own.detector(), own.subject(), own.id()),
        output);
    stores.ledgers().put(key, ledger);
    if (told != null) {
      stores.findings().remove(waiting);
    }
    due(key, ledger);
  }

  /** What is told of a window that was handled is told of the next. */
  private Findings.Key key(Source source, long start, String cluster) {
    return new Findings.Key(source, Math.max(start, progress(source).through()), cluster);
  }

  private Findings findings(Findings.Key key) {
    Findings findings = stores.findings().get(key);
    if (findings == null) {
      waits(key);
      return new Findings();
    }
    return findings;
  }

  private void waits(Findings.Key key) {
    agenda(key.source())
        .waiting
        .computeIfAbsent(key.start(), s -> new TreeSet<>())
        .add(key.cluster());
  }

  private void due(Ledger.Key key, Ledger ledger) {
    long due = ledger.due(settings);
    if (due == Long.MAX_VALUE) {
      agenda(key.source()).due.remove(key.cluster());
    } else {
      agenda(key.source()).due.put(key.cluster(), -Math.floorDiv(-due, length) * length);
    }
  }

  private JudgedProgress progress(Source source) {
    JudgedProgress progress = stores.progress().get(source);
    return progress == null ? new JudgedProgress() : progress;
  }

  private Agenda agenda(Source source) {
    return agendas.computeIfAbsent(source, s -> new Agenda());
  }
}
