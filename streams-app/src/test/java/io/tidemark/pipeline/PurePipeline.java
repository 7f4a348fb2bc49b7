package io.tidemark.pipeline;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.AlertSettings;
import io.tidemark.control.Control;
import io.tidemark.flow.AddressBook;
import io.tidemark.flow.BadReason;
import io.tidemark.flow.DomainNames;
import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.Identity;
import io.tidemark.flow.IdentitySettings;
import io.tidemark.flow.ParserSettings;
import io.tidemark.flow.Source;
import io.tidemark.publish.Ledger;
import io.tidemark.publish.Outcome;
import io.tidemark.publish.PublishSettings;
import io.tidemark.window.Activity;
import io.tidemark.window.Fact;
import io.tidemark.window.FleetHour;
import io.tidemark.window.FleetKey;
import io.tidemark.window.Fold;
import io.tidemark.window.OpenKey;
import io.tidemark.window.Progress;
import io.tidemark.window.Tally;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All stages without Kafka: any number of input partitions of Hubble lines and one JUDGE, with
 * stores that can be written and read again between any two records.
 */
public final class PurePipeline {

  /** 10 s. */
  public static final Duration LENGTH = Duration.ofSeconds(10);

  private static final String PROGRESS = "progress";

  private final List<Alert> alerts = new ArrayList<>();
  private final List<Alert> published = new ArrayList<>();
  private final List<Alert> shadowed = new ArrayList<>();
  final List<BaselineReport> reports = new ArrayList<>();
  final List<Long> judged = new ArrayList<>();
  final List<Fact.Traffic> lateFacts = new ArrayList<>();
  final List<BadReason> bad = new ArrayList<>();
  final List<Alert> suppressed = new ArrayList<>();
  final CodedStore<Dossier.Key, Dossier> dossiers;
  private final CodedStore<Source, SourceProgress> progress =
      new CodedStore<>(source -> SourceProgress.CODEC);
  private final CodedStore<PendingKey, Activity> pending = new CodedStore<>(key -> Activity.CODEC);
  private final CodedStore<FleetKey, FleetHour> fleet = new CodedStore<>(key -> FleetHour.CODEC);
  private final CodedStore<Source, JudgedProgress> judgedProgress =
      new CodedStore<>(source -> JudgedProgress.CODEC);
  private final CodedStore<Findings.Key, Findings> findings =
      new CodedStore<>(key -> Findings.CODEC);
  private final CodedStore<Ledger.Key, Ledger> ledgers = new CodedStore<>(key -> Ledger.CODEC);
  private final List<Partition> partitions = new ArrayList<>();
  private final String input;
  private final Duration lateness;
  private final Panel panel;
  private final AddressBook addresses;
  private final IdentitySettings identity = IdentitySettings.defaults();
  private final AlertSettings alertSettings = AlertSettings.defaults();
  private final Control control;
  private JudgeStage judge;
  private PublishStage publish;

  private final class Partition implements ObserveStage.Output {
    final int number;
    final CodedStore<OpenKey, Activity> open = new CodedStore<>(key -> Activity.CODEC);
    final CodedStore<FleetKey, FleetHour> hours = new CodedStore<>(key -> FleetHour.CODEC);
    final CodedStore<String, Progress> state = new CodedStore<>(key -> Progress.CODEC);
    // What lies between the stages: told, but not yet judged.
    final Deque<Fact> facts = new ArrayDeque<>();
    ObserveStage stage;
    long offset;

    Partition(int number) {
      this.number = number;
      state.put(PROGRESS, new Progress());
    }

    void start(int count) {
      Fold fold =
          new Fold(
              new Fold.Place(Source.HUBBLE, input, number, count),
              LENGTH,
              lateness,
              new Fold.Names(
                  new Identity(identity), new DomainNames(identity), addresses, identity.cluster()),
              open,
              hours,
              state.get(PROGRESS));
      stage =
          new ObserveStage(
              FlowParsers.of(Source.HUBBLE, ParserSettings.DEFAULT),
              fold,
              state.get(PROGRESS),
              Duration.ofMinutes(1),
              this);
    }

    @Override
    public void fact(Fact fact) {
      facts.add(fact);
    }

    @Override
    public void bad(BadReason reason, String detail) {
      bad.add(reason);
    }
  }

  private final class Out implements JudgeStage.Output {

    @Override
    public void alert(long start, Alert alert) {
      alerts.add(alert);
      publish.accept(new Told.Raised(0, start, alert));
    }

    @Override
    public void active(Source source, long start, String cluster, String namespace, int count) {
      publish.accept(new Told.Active(source, 0, start, cluster, namespace, count));
    }

    @Override
    public void judgedThrough(Source source, long through) {
      publish.accept(new Told.Mark(source, 0, 1, through));
    }

    @Override
    public void suppressed(Alert alert) {
      suppressed.add(alert);
    }

    @Override
    public void baseline(BaselineReport report) {
      reports.add(report);
    }

    @Override
    public void lateFact(Fact.Traffic fact) {
      lateFacts.add(fact);
    }

    @Override
    public void judged(Source source, long start, int workloads) {
      judged.add(start);
    }
  }

  private final class Published implements Ledger.Output {

    @Override
    public void published(Alert alert) {
      published.add(alert);
    }

    @Override
    public void shadowed(Alert alert, Outcome why) {
      shadowed.add(alert);
    }
  }

  /**
   * @param input name of the input, part of the alerts' coordinates
   */
  public PurePipeline(String input, int partitionCount, Duration lateness, Panel panel) {
    this(input, partitionCount, lateness, panel, AddressBook.EMPTY);
  }

  public PurePipeline(
      String input, int partitionCount, Duration lateness, Panel panel, AddressBook addresses) {
    this(input, partitionCount, lateness, panel, addresses, Control.NONE);
  }

  /**
   * @param control what operators said
   */
  PurePipeline(
      String input,
      int partitionCount,
      Duration lateness,
      Panel panel,
      AddressBook addresses,
      Control control) {
    this.control = control;
    this.addresses = addresses;
    this.input = input;
    this.lateness = lateness;
    this.panel = panel;
    this.dossiers = new CodedStore<>(key -> Dossier.codec(key, panel, alertSettings));
    for (int i = 0; i < partitionCount; i++) {
      partitions.add(new Partition(i));
    }
    start();
  }

  private void start() {
    partitions.forEach(partition -> partition.start(partitions.size()));
    publish =
        new PublishStage(
            LENGTH,
            PublishSettings.of(alertSettings),
            new PublishStage.Stores(judgedProgress, findings, ledgers),
            control,
            new Published());
    judge =
        new JudgeStage(
            LENGTH,
            panel,
            alertSettings,
            new DomainNames(identity),
            identity.ranges(),
            new JudgeStage.Stores(progress, pending, dossiers, fleet),
            control,
            Room.forAll(),
            new Out());
  }

  /** Everything is written, read again and goes on. */
  void restart() {
    for (Partition partition : partitions) {
      partition.open.restart();
      partition.hours.restart();
      partition.state.restart();
    }
    progress.restart();
    pending.restart();
    dossiers.restart();
    fleet.restart();
    judgedProgress.restart();
    findings.restart();
    ledgers.restart();
    start();
  }

  /** The next record of a partition; its facts wait until they are delivered. */
  public void accept(int partition, byte[] value, long recordTime) {
    Partition to = partitions.get(partition);
    to.stage.accept(value, to.offset++, recordTime);
  }

  /** Completes all windows of all partitions and delivers everything. */
  public void flush() {
    for (int i = 0; i < partitions.size(); i++) {
      flush(i);
    }
    deliver();
  }

  /** Judges what is left without waiting for anybody. */
  void finishJudging() {
    judge.finish();
  }

  void flush(int partition) {
    partitions.get(partition).stage.flush();
  }

  /** Delivers all facts, partition by partition. */
  public void deliver() {
    for (Partition partition : partitions) {
      while (!partition.facts.isEmpty()) {
        judge.accept(partition.facts.remove());
      }
    }
  }

  /** Delivers some facts of some partitions, each partition's in their order. */
  void deliverSome(Random random) {
    Deque<Fact> facts = partitions.get(random.nextInt(partitions.size())).facts;
    for (int some = random.nextInt(100); some > 0 && !facts.isEmpty(); some--) {
      judge.accept(facts.remove());
    }
  }

  /** Hands a fact over as if a further partition had told it. */
  void tell(Fact fact) {
    judge.accept(fact);
  }

  /** All that was published, in order. */
  public List<Alert> published() {
    return published;
  }

  /** All that was recorded and not published, in order. */
  public List<Alert> shadowed() {
    return shadowed;
  }

  /** All that JUDGE told, in order. */
  public List<Alert> alerts() {
    return alerts;
  }

  /** As published, in order; canonical is without coordinates. */
  List<String> written(boolean canonical) {
    return alerts.stream().map(alert -> AlertJson.write(alert, canonical)).toList();
  }

  /** The last state of each alert in canonical form, by id. */
  public SortedMap<String, String> lastStates() {
    return lastStates(alerts);
  }

  public static SortedMap<String, String> lastStates(List<Alert> published) {
    TreeMap<String, String> last = new TreeMap<>();
    published.forEach(alert -> last.put(alert.id(), AlertJson.write(alert, true)));
    return last;
  }

  /** The tally of one partition. */
  public Tally tally(int partition) {
    return partitions.get(partition).stage.tally();
  }

  int pendingSize() {
    return pending.size();
  }
}
