package io.tidemark.fleet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * The records that the nodes of a fleet write from one time to another, in the order in which they
 * would be collected: event times run backwards by less than one second. The same fleet, start and
 * incidents give the same bytes everywhere; a later end only adds lines. Incidents add lines of
 * their own or hold lines back, and leave every other line as it is. Memory does not grow with the
 * length of the history. Not thread-safe.
 */
public final class FleetTraffic implements Iterator<Line> {
  /** More than any node's lag: after that nothing before the end can come. */
  private static final long PATIENCE_NANOS = 1_000_000_000L;

  /** A rollout begins so long before the attack that hides in it, milliseconds. */
  private static final long ROLLOUT_LEAD = 30_000L;

  private final long toNanos;
  private final Lifecycle lifecycle;
  private final List<Predicate<Sighting>> held;
  private final Recorders recorders;
  private final Ledger ledger;
  private final Fleet fleet;
  private final HubbleWriter writer;
  private final PriorityQueue<Talker> talkers = new PriorityQueue<>();
  private final ArrayDeque<Line> ready = new ArrayDeque<>(1);
  private boolean ended;

  /** Normal traffic. */
  public FleetTraffic(Fleet fleet, long fromMillis, long toMillis) {
    this(fleet, fromMillis, toMillis, List.of());
  }

  /**
   * Traffic with incidents.
   *
   * @param fromMillis start of the history, milliseconds since the epoch, 0 to the year 2200
   * @param toMillis its end, exclusive
   */
  public FleetTraffic(Fleet fleet, long fromMillis, long toMillis, List<Incident> incidents) {
    this(fleet, fromMillis, toMillis, incidents, Campaign.none(), Recorders.NONE);
  }

  /** Traffic with incidents, written down by others too. */
  public static FleetTraffic of(
      Fleet fleet, long fromMillis, long toMillis, List<Incident> incidents, Recorders recorders) {
    return new FleetTraffic(fleet, fromMillis, toMillis, incidents, Campaign.none(), recorders);
  }

  /** Traffic with the incidents of a campaign, written down by others too. */
  public static FleetTraffic of(
      Fleet fleet, long fromMillis, long toMillis, Campaign campaign, Recorders recorders) {
    return new FleetTraffic(fleet, fromMillis, toMillis, List.of(), campaign, recorders);
  }

  private FleetTraffic(
      Fleet fleet,
      long fromMillis,
      long toMillis,
      List<Incident> incidents,
      Campaign campaign,
      Recorders recorders) {
    if (fromMillis < 0 || toMillis > 7_258_118_400_000L || fromMillis > toMillis) {
      throw new IllegalArgumentException("no span of time: " + fromMillis + " to " + toMillis);
    }
    this.fleet = fleet;
    this.recorders = recorders;
    this.ledger = recorders.vpcFlow() == null ? Ledger.NONE : new Sieve(recorders.ledger());
    this.toNanos = toMillis * 1_000_000L;
    this.writer = new HubbleWriter(fleet.spec().nodeLabels());
    this.held = held(incidents, campaign);
    Life life = fleet.everyday() ? Life.of(fleet, fromMillis) : Life.QUIET;
    Population population = new Population(fleet, recorders.addresses());
    population.at(fromMillis);
    this.lifecycle =
        new Lifecycle(fleet, population, fromMillis, life, releases(fleet, life, campaign));
    List<Effect> effects =
        campaign.plots().stream().map(Plot::effect).filter(Objects::nonNull).toList();
    Scene scene = new Scene(fleet, population, life, effects);
    Lookups lookups = new Lookups(scene);
    long fromNanos = fromMillis * 1_000_000L;
    addNormal(scene, lookups, fromNanos);
    for (Incident incident : incidents) {
      Misbehaviour.of(incident, scene, lookups)
          .ifPresent(
              misbehaviour ->
                  add(
                      "incident " + incident.id(),
                      misbehaviour,
                      Math.max(fromNanos, incident.start() * 1_000_000L)));
    }
    for (Plot plot : campaign.plots()) {
      if (plot.cast() != null) {
        Event event = plot.event();
        Behaviour habit = plot.cast().enter(scene, lookups);
        add(
            "incident " + event.id(),
            new Misbehaviour(event.end() * 1_000_000L, habit),
            event.start() * 1_000_000L);
      }
    }
  }

  private static List<Predicate<Sighting>> held(List<Incident> incidents, Campaign campaign) {
    List<Predicate<Sighting>> held = new ArrayList<>();
    for (Incident incident : incidents) {
      if (incident.kind() == Incident.Kind.SILENCE) {
        held.add(
            said -> incident.covers(said.time() / 1_000_000L) && said.touches(incident.workload()));
      }
    }
    for (Plot plot : campaign.plots()) {
      if (plot.held() != null) {
        long start = plot.event().start() * 1_000_000L;
        long end = plot.event().end() * 1_000_000L;
        held.add(said -> said.time() >= start && said.time() < end && plot.held().test(said));
      }
    }
    return held;
  }

  private static List<Lifecycle.Release> releases(Fleet fleet, Life life, Campaign campaign) {
    List<Lifecycle.Release> releases = new ArrayList<>();
    if (fleet.everyday()) {
      releases.addAll(Everyday.releases(fleet, life));
    }
    for (Plot plot : campaign.plots()) {
      if (plot.rolled() != null) {
        long time = plot.event().start() - ROLLOUT_LEAD;
        releases.add(new Lifecycle.Release(plot.rolled(), null, time));
      }
    }
    return releases;
  }

  private void addNormal(Scene scene, Lookups lookups, long from) {
    for (Call call : fleet.calls()) {
      if (!(call.client() instanceof Workload job && job.schedule() != null)) {
        addSoon(call.title(), habit(scene, lookups, call), from);
      }
    }
    for (Workload workload : fleet.workloads()) {
      if (workload.probePort() > 0) {
        addSoon("probes of " + workload.title(), new Probing(scene, workload), from);
      }
      if (workload.schedule() != null) {
        addJob(scene, lookups, workload, from);
      }
    }
    Workload prometheus = fleet.workload("monitoring/prometheus");
    addSoon("scrapes", new Scraping(scene, prometheus), from);
    if (fleet.everyday()) {
      for (Everyday.Habit habit : Everyday.habits(scene, lookups, from)) {
        if (habit.first() == from) {
          addSoon(habit.name(), habit.behaviour(), from);
        } else if (habit.first() > from) {
          add(habit.name(), habit.behaviour(), habit.first());
        }
      }
    }
  }

  private static Behaviour habit(Scene scene, Lookups lookups, Call call) {
    return call.pooled() ? new Pooling(scene, call) : new Calling(scene, lookups, call);
  }

  private void addJob(Scene scene, Lookups lookups, Workload job, long from) {
    List<Call> calls = new ArrayList<>();
    for (Call call : fleet.calls()) {
      if (call.client().equals(job)) {
        calls.add(call);
      }
    }
    if (!calls.isEmpty()) {
      Jobs jobs = new Jobs(scene, lookups, job, calls);
      add("jobs of " + job.title(), jobs, jobs.first(from));
    }
  }

  /** Lets everybody begin at some moment of the first minute, or sooner where more happens. */
  private void addSoon(String name, Behaviour behaviour, long from) {
    double spread = 60e9 / Math.max(1, fleet.spec().intensity());
    Dice dice = Dice.of(fleet.spec().seed(), "start of " + name);
    add(name, behaviour, from + (long) (dice.unit() * spread));
  }

  private void add(String name, Behaviour behaviour, long first) {
    talkers.add(new Talker(talkers.size(), fleet.spec(), name, behaviour, first, ledger));
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && talkers.element().due() < toNanos + PATIENCE_NANOS) {
      Talker talker = talkers.remove();
      ledger.reach(talker.due());
      lifecycle.advance(talker.due() / 1_000_000L);
      Sighting said = talker.step();
      talkers.add(talker);
      if (said != null && said.time() < toNanos && !silenced(said)) {
        byte[] json = writer.write(said, talker.seed());
        ready.add(new Line(said.time() / 1_000_000L, said.node().name(), json));
      }
    }
    if (ready.isEmpty() && !ended) {
      ended = true;
      recorders.end();
    }
    return !ready.isEmpty();
  }

  @Override
  public Line next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private boolean silenced(Sighting said) {
    for (Predicate<Sighting> each : held) {
      if (each.test(said)) {
        return true;
      }
    }
    return false;
  }

  /** Lets pass what lies in the span and is not silenced. */
  private final class Sieve implements Ledger {
    private final Ledger next;

    Sieve(Ledger next) {
      this.next = next;
    }

    @Override
    public void note(Exchange e) {
      Sighting packet =
          new Sighting(
              e.start(), 0, null, e.client(), e.server(), 0, 0, Sight.LOST, Flags.NONE, null);
      if (e.end() < toNanos && !silenced(packet)) {
        next.note(e);
      }
    }

    @Override
    public void reach(long nanos) {
      next.reach(nanos);
    }
  }
}
