package io.tidemark.window;

import io.tidemark.flow.AddressBook;
import io.tidemark.flow.DomainNames;
import io.tidemark.flow.Flow;
import io.tidemark.flow.HttpResponse;
import io.tidemark.flow.Identity;
import io.tidemark.flow.Parsed;
import io.tidemark.flow.Party;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.state.ObjectStore;
import io.tidemark.stats.Hash64;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Folds the flows of one input partition into windows. Lateness is decided by this partition's
 * content alone, in the order of its records, so it is the same on every run.
 *
 * <p>Every flow speaks for two workloads: egress of the client, ingress of the server. A workload
 * known only by its address is looked up when its window closes, by event time.
 */
public final class Fold {

  /** What became of a flow. */
  public enum Outcome {
    /** Taken into its window. */
    FOLDED,
    /** Taken into its window, which lies far ahead of the partition's clock. */
    AHEAD,
    /** Repeats what its window already knows. */
    DUPLICATE,
    /** Older than the partition's highest event time minus the allowed lateness. */
    LATE
  }

  /** A loss notice marks at most this many windows. */
  private static final int LOSSY_WINDOWS = 360;

  /** Bound of the windows that losses alone can open. */
  private static final int MARKED_WINDOWS = 4096;

  /** More than this lost in one notice is a broken counter; sums must not overflow. */
  private static final long MOST_LOST = 1L << 40;

  private final Place place;
  private final Source source;
  private final int partition;
  private final int partitions;
  private final long length;
  private final long lateness;
  private final DomainNames domainNames;
  private final Owners owners;
  private final Workload sourceSubject;
  private final String sourceKey;
  private final ObjectStore<OpenKey, Activity> open;
  private final Progress progress;
  private final FleetHours fleet;
  private final Conversations conversations;
  private final NavigableMap<Long, OpenWindow> windows = new TreeMap<>();
  // Most records lie in the same window as the one before.
  private OpenWindow latest;
  // No window closes before the clock shows this.
  private long nextClose = EventClock.UNSET + 1;
  private boolean resumed;

  /**
   * @param place which partition of which input this is
   * @param open what is folded so far; survives restarts together with {@code progress}
   * @param fleet who met whom so far; likewise
   */
  public Fold(
      Place place,
      Duration length,
      Duration lateness,
      Names names,
      ObjectStore<OpenKey, Activity> open,
      ObjectStore<FleetKey, FleetHour> fleet,
      Progress progress) {
    this.place = place;
    this.source = place.source();
    this.partition = place.partition();
    this.partitions = place.partitions();
    this.length = length.toMillis();
    this.lateness = lateness.toMillis();
    this.domainNames = names.domains();
    this.owners = new Owners(names, this.length, this.lateness);
    this.sourceSubject = Workload.ofSource(names.cluster());
    this.sourceKey = sourceSubject.key();
    this.open = open;
    this.progress = progress;
    this.fleet = new FleetHours(place, names, fleet);
    this.conversations = new Conversations(names.identity());
    this.resumed = progress.closedThrough == Progress.NOTHING_CLOSED;
    open.forEach((key, activity) -> window(key.start()).restore(key, activity));
  }

  /**
   * One partition of one source's input.
   *
   * @param input topic, or file
   * @param partition from 0
   * @param partitions how many the source has
   */
  public record Place(Source source, String input, int partition, int partitions) {}

  /**
   * All that tells who is who.
   *
   * @param cluster name of the cluster for bare addresses
   */
  public record Names(
      Identity identity, DomainNames domains, AddressBook addresses, String cluster) {}

  /**
   * Takes one flow.
   *
   * @param offset where it lies in the input
   * @param trusted whether its time was checked against the time at which it was written
   */
  public Outcome add(Flow flow, long offset, boolean trusted) {
    Outcome outcome = fold(flow, offset, trusted);
    progress.tally().flow(outcome);
    return outcome;
  }

  /** Takes a notice that the source lost events; it marks the windows that are still open. */
  public void lost(Parsed.Loss loss) {
    long last = start(loss.time());
    long first = Math.max(start(loss.first()), last - LOSSY_WINDOWS * length);
    long now = progress.clock.now();
    long reach = now == EventClock.UNSET ? last : Math.min(last, start(now + EventClock.LEAP));
    for (long at = Math.max(first, progress.closedThrough); at <= reach; at += length) {
      if (progress.windows.size() < MARKED_WINDOWS || progress.windows.containsKey(at)) {
        long lost = Math.min(loss.lost(), MOST_LOST);
        progress.window(at).lost.merge(loss.node(), lost, Long::sum);
      }
    }
  }

  /** Completes the windows that no flow in time can still reach. */
  public void close(Consumer<Fact> out) {
    resume(out);
    long now = progress.clock.now();
    if (progress.idle && !windows.isEmpty()) {
      // There is something to wait for again.
      progress.idle = false;
      awake(out);
    }
    if (now >= nextClose) {
      long through = start(now - lateness);
      if (through > progress.closedThrough) {
        closeThrough(through, false, out);
      }
      nextClose = through + length + lateness;
    }
  }

  /**
   * Completes all windows up to the partition's own time: its input is at its end, or idle. What
   * lies further ahead stays open. Said again, it declares the partition idle again.
   */
  public void flush(Consumer<Fact> out) {
    resumed = true;
    progress.clock.settle();
    long now = progress.clock.now();
    long through = now == EventClock.UNSET ? 0 : start(now) + length;
    closeThrough(Math.max(through, progress.closedThrough), true, out);
  }

  /**
   * Reading began anew, and a record has come: says the last watermark once more, awake. JUDGE
   * knows the repetition by that it says nothing new, and takes nobody's word for being idle from
   * before: who knows what has come meanwhile.
   */
  private void resume(Consumer<Fact> out) {
    if (resumed) {
      return;
    }
    resumed = true;
    if (progress.idle) {
      progress.idle = false;
      awake(out);
    }
    awake(out);
  }

  private void awake(Consumer<Fact> out) {
    out.accept(new Fact.Watermark(source, partition, partitions, progress.closedThrough, 0, false));
  }

  private Outcome fold(Flow flow, long offset, boolean trusted) {
    long time = flow.time();
    long now = progress.clock.now();
    boolean late = now != EventClock.UNSET && time < now - lateness;
    if (late || time < progress.closedThrough) {
      return Outcome.LATE;
    }
    progress.clock.see(time, trusted);
    OpenWindow window = window(time);
    Conversation talk = conversations.of(flow);
    long connection = talk.connection(flow);
    Sighting.Outcome outcome = Sighting.Outcome.of(flow);
    Progress.Counts counts = window.counts(progress);
    if (Sighting.sums(flow) && repeated(flow, connection, outcome, counts)) {
      return Outcome.DUPLICATE;
    }
    counts.records++;
    int told = 0;
    if (flow.source() != Source.COREDNS) {
      talk.enter(window);
      // What an exporter aggregates tells of no single connection.
      told = flow.aggregated() ? 0 : talk.told(connection, outcome);
    }
    boolean repeats = (told & 1 << outcome.ordinal()) != 0;
    Sighting sighting = new Sighting(flow, connection, outcome, told != 0, repeats, place, offset);
    whole(window).add(sighting);
    boolean news = spread(flow, window, talk, sighting);
    boolean ahead =
        !trusted && progress.clock.now() != EventClock.UNSET && time > progress.clock.now();
    if (ahead) {
      return Outcome.AHEAD;
    }
    return news ? Outcome.FOLDED : Outcome.DUPLICATE;
  }

  private boolean spread(Flow flow, OpenWindow window, Conversation talk, Sighting sighting) {
    Party client = talk.client();
    if (flow.source() == Source.COREDNS) {
      return client == null || !client.internal() || named(flow, window, client);
    }
    Conversation.Side egress = talk.egress();
    boolean news = false;
    if (egress != null) {
      OpenWindow.Subject subject = egress.folded();
      subject.changed(open);
      subject.activity().egress().add(sighting, true);
      news = egress.add(sighting);
      if (flow.dns() != null) {
        news |= ask(subject.activity().dns(), flow);
      }
    }
    Conversation.Side ingress = talk.ingress();
    if (ingress != null) {
      OpenWindow.Subject subject = ingress.folded();
      subject.changed(open);
      subject.activity().ingress().add(sighting, false);
      news |= ingress.add(sighting);
    }
    return news || (egress == null && ingress == null);
  }

  /** What a name server's log tells: names only, for it shows no traffic but its own. */
  private boolean named(Flow flow, OpenWindow window, Party client) {
    if (domainNames.registrable(flow.dns().query()).isEmpty()) {
      return true;
    }
    OpenKey key = new OpenKey(window.start(), OpenKey.subject(client));
    OpenWindow.Subject subject = window.subject(key.subject(), key.workload());
    subject.changed(open);
    return ask(subject.activity().dns(), flow);
  }

  private boolean ask(DnsActivity dns, Flow flow) {
    String domain = domainNames.registrable(flow.dns().query()).orElse(null);
    return domain != null && dns.add(flow, domain);
  }

  private static boolean repeated(
      Flow flow, long connection, Sighting.Outcome outcome, Progress.Counts counts) {
    long hash = Hash64.combine(connection, flow.time());
    hash = Hash64.combine(hash, flow.vantage().ordinal());
    hash = Hash64.combine(hash, flow.fromServer() ? 1 : 0);
    hash = Hash64.combine(hash, flow.bytes());
    hash = Hash64.combine(hash, flow.packets());
    hash = Hash64.combine(hash, outcome.ordinal());
    HttpResponse http = Sighting.http(flow);
    if (http != null) {
      hash = Hash64.combine(hash, http.code());
      hash = Hash64.combine(hash, http.latencyNanos());
    }
    return counts.amounts.meet(hash);
  }

  private void closeThrough(long through, boolean idle, Consumer<Fact> out) {
    for (long start = firstOpen(); start < through; start = firstOpen()) {
      Progress.Counts counts = progress.windows.remove(start);
      if (counts != null && !counts.lost.isEmpty()) {
        Supply supply = whole(window(start));
        counts.lost.forEach((node, lost) -> supply.lost(node, Math.max(1, lost)));
      }
      OpenWindow folded = windows.remove(start);
      if (folded != null) {
        folded.close();
        latest = null;
        emit(folded, out);
      }
      // Before the watermark that lets the window be judged, or a later one.
      tellLosses(start, counts, out);
      long records = counts == null ? 0 : counts.records;
      if (folded != null || records > 0) {
        long end = start + length;
        fleet.tell(end, out);
        out.accept(new Fact.Watermark(source, partition, partitions, end, records, false));
        progress.closedThrough = end;
        progress.idle = false;
      }
    }
    conversations.leave(idle);
    if (idle || progress.closedThrough < through) {
      fleet.tell(through, out);
      if (idle) {
        fleet.tellAll(out);
      }
      out.accept(new Fact.Watermark(source, partition, partitions, through, 0, idle));
      progress.closedThrough = through;
      progress.idle = idle;
    }
  }

  private long firstOpen() {
    long first = windows.isEmpty() ? Long.MAX_VALUE : windows.firstKey();
    return progress.windows.isEmpty() ? first : Math.min(first, progress.windows.firstKey());
  }

  private void tellLosses(long start, Progress.Counts counts, Consumer<Fact> out) {
    if (counts != null) {
      counts.lost.forEach(
          (node, lost) -> out.accept(new Fact.Loss(source, partition, start, node, lost)));
    }
  }

  private void emit(OpenWindow folded, Consumer<Fact> out) {
    long start = folded.start();
    TreeMap<Workload, Activity> byWorkload = new TreeMap<>();
    folded.forEach(
        subject -> {
          open.remove(subject.key());
          AddressBook.Owner owner = owners.of(subject);
          Activity named = subject.activity().renamed(edge -> owners.named(edge, start));
          named.mergeKind(owner.kind());
          named.by(owner.pod());
          byWorkload.merge(
              owner.workload(),
              named,
              (mine, theirs) -> {
                mine.merge(theirs);
                return mine;
              });
        });
    Activity whole = byWorkload.get(sourceSubject);
    if (whole != null) {
      byWorkload.keySet().forEach(workload -> spoke(whole, workload));
    }
    byWorkload.forEach(
        (workload, activity) -> {
          fleet.see(start, workload, activity);
          out.accept(new Fact.Traffic(source, partition, start, workload, activity));
        });
  }

  private void spoke(Activity whole, Workload workload) {
    if (!workload.isSource()) {
      whole.ownSupply().spoke(Hash64.of(workload.key()));
    }
  }

  private Supply whole(OpenWindow window) {
    OpenWindow.Subject whole = window.source(sourceKey, sourceSubject);
    whole.changed(open);
    return whole.activity().ownSupply();
  }

  private OpenWindow window(long time) {
    if (latest == null || !latest.holds(time)) {
      latest = windows.computeIfAbsent(start(time), start -> new OpenWindow(start, length));
    }
    return latest;
  }

  private long start(long time) {
    return Math.floorDiv(time, length) * length;
  }
}
