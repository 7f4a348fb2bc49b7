package io.tidemark.explain;

import io.tidemark.config.Config;
import io.tidemark.control.Control;
import io.tidemark.flow.DomainNames;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.pipeline.Dossier;
import io.tidemark.pipeline.JudgeStage;
import io.tidemark.pipeline.Panel;
import io.tidemark.pipeline.Room;
import io.tidemark.pipeline.SourceProgress;
import io.tidemark.state.MemoryObjectStore;
import io.tidemark.window.Fact;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * JUDGE in memory over the facts of some workloads, up to a time: what the service knew of them
 * then. Other workloads' facts say nothing about these and are passed over; watermarks and losses
 * are everybody's.
 */
public final class Hindsight {

  /** No end but that of the history. */
  public static final long ALL = Long.MAX_VALUE;

  private final Panel panel;
  private final Predicate<Workload> whose;
  private final long until;
  private final MemoryObjectStore<Source, SourceProgress> progress = new MemoryObjectStore<>();
  private final MemoryObjectStore<Dossier.Key, Dossier> dossiers = new MemoryObjectStore<>();
  private final JudgeStage stage;

  /**
   * @param config whose detectors judge
   * @param whose the workloads that matter
   * @param until windows that end later are not judged, milliseconds since the epoch, or {@link
   *     #ALL}
   * @param control what operators said
   * @param output hears what is found
   */
  public Hindsight(
      Config config,
      Predicate<Workload> whose,
      long until,
      Control control,
      JudgeStage.Output output) {
    this.panel = new Panel(config.detectors().inService());
    this.whose = whose;
    long length = config.windows().length().toMillis();
    this.until = until == ALL ? ALL : Math.floorDiv(until, length) * length;
    this.stage =
        new JudgeStage(
            config.windows().length(),
            panel,
            config.alerts(),
            new DomainNames(config.identity()),
            config.identity().ranges(),
            new JudgeStage.Stores(progress, new MemoryObjectStore<>(), dossiers),
            control,
            Room.forAll(),
            output);
  }

  /** The detectors that judge. */
  public Panel panel() {
    return panel;
  }

  /** Takes the next fact of the history. */
  public void accept(Fact fact) {
    if (fact instanceof Fact.Traffic traffic) {
      if (traffic.windowStart() < until && whose.test(traffic.workload())) {
        stage.accept(traffic);
      }
    } else if (fact instanceof Fact.Watermark mark && mark.through() > until) {
      stage.accept(
          new Fact.Watermark(
              mark.source(), mark.partition(), mark.partitions(), until, 0, mark.idle()));
    } else {
      stage.accept(fact);
    }
  }

  /** What is known of a workload from a source; {@code null} if nothing. */
  public Dossier dossier(Dossier.Key key) {
    return dossiers.get(key);
  }

  /** All that is known, in the order of source and workload. */
  public void forEach(BiConsumer<Dossier.Key, Dossier> visitor) {
    TreeSet<Dossier.Key> keys = new TreeSet<>();
    dossiers.forEach((key, dossier) -> keys.add(key));
    keys.forEach(key -> visitor.accept(key, dossiers.get(key)));
  }

  /**
   * Exclusive end of the windows that are judged for a source, milliseconds since the epoch; {@link
   * Long#MIN_VALUE} if none is.
   */
  public long judgedThrough(Source source) {
    SourceProgress of = progress.get(source);
    return of == null ? Long.MIN_VALUE : of.judgedThrough();
  }
}
