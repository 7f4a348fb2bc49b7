package io.tidemark.detect;

import io.tidemark.detect.DgaState.Recent;
import io.tidemark.detect.Signal.Contribution;
import io.tidemark.detect.Signal.Evidence;
import io.tidemark.detect.Signal.Measure;
import io.tidemark.setting.Setting;
import io.tidemark.state.Codec;
import io.tidemark.stats.Digest;
import io.tidemark.stats.Hash64;
import io.tidemark.window.DnsActivity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * A workload that looks for its master: many registrable domains that do not exist, were never
 * asked for before and look as if nobody thought of them. The client is judged, not a name. See
 * {@code docs/detectors/dns-dga.md}.
 */
public record DnsDga(
    @Setting(
            "How long a workload is watched before slight evidence counts, 1h or more; strong evidence counts at once.")
        Duration warmUp,
    @Setting("Least domains in ten minutes that do not exist and are new, 2 or more.")
        int minDomains,
    @Setting("Least multiple of the most that this workload ever had, 1 or more.") double minRatio,
    @Setting("Least mean unlikeliness of their names, 0 to 1.") double minUnlikeliness,
    @Setting("So many domains are unusual whatever their names look like, 2 to 256.")
        int minDomainsOfAnyForm)
    implements Detector<DgaState> {

  private static final long MINUTE = 60_000;
  private static final int HORIZON = 10;

  // Without a baseline: so many times the domains, and names so much less likely.
  private static final double DOMAINS_AT_FIRST = 1.5;
  private static final double ANY_FORM_AT_FIRST = 2;
  private static final double UNLIKELINESS_AT_FIRST = 0.1;

  public DnsDga {
    require(!warmUp.minusHours(1).isNegative(), "warm-up must be 1h or more: ", warmUp);
    require(minDomains >= 2, "min-domains must be 2 or more: ", minDomains);
    require(minRatio >= 1, "min-ratio must be 1 or more: ", minRatio);
    require(
        minUnlikeliness >= 0 && minUnlikeliness <= 1,
        "min-unlikeliness must be 0 to 1: ",
        minUnlikeliness);
    require(
        minDomainsOfAnyForm >= 2 && minDomainsOfAnyForm <= DgaState.RECENT_KEPT,
        "min-domains-of-any-form must be 2 to 256: ",
        minDomainsOfAnyForm);
  }

  public static DnsDga defaults() {
    return new DnsDga(Duration.ofHours(24), 10, 3, 0.45, 60);
  }

  @Override
  public String name() {
    return "dns-dga";
  }

  @Override
  public int version() {
    return DgaState.VERSION;
  }

  @Override
  public Codec<DgaState> codec() {
    return DgaState.CODEC;
  }

  @Override
  public DgaState initial(long start) {
    return new DgaState(start, minute(start));
  }

  @Override
  public Learning learning(DgaState state, Profile profile) {
    long age = profile.start() - state.since;
    return age >= warmUp.toMillis()
        ? Learning.complete()
        : Learning.incomplete(
            () ->
                List.of(
                    "Has watched "
                        + Plain.time(age)
                        + " of "
                        + Plain.time(warmUp.toMillis())
                        + "."));
  }

  /** Many names that nobody would think of are one, whatever the workload did before. */
  @Override
  public boolean speaks(DgaState state, Profile profile) {
    return true;
  }

  @Override
  public List<Signal> score(DgaState state, Profile profile, Window window) {
    DnsActivity dns = window.activity().dns();
    if (dns.domains().values().stream().noneMatch(d -> d.nxdomain() && !d.answered())) {
      return List.of();
    }
    long minute = minute(window.start());
    TreeMap<Long, Recent> recent = new TreeMap<>(state.recent);
    recent.values().removeIf(each -> each.minute() <= minute - HORIZON);
    boolean isNew = add(state, recent, dns, minute);
    boolean mature = learning(state, profile).ready();
    return isNew && (mature ? unusual(state, recent) : plain(state, recent))
        ? List.of(signal(state, window, recent, dns.overflowed()))
        : List.of();
  }

  @Override
  public DgaState learn(DgaState state, Window window, boolean fired) {
    long minute = minute(window.start());
    if (minute > state.minute) {
      boolean mature = state.minute * MINUTE - state.since >= warmUp.toMillis();
      boolean suspicious = mature && unusual(state, state.recent);
      state.usual.observe(state.minute, state.recent.size(), suspicious);
      forget(state, minute, suspicious);
      state.minute = minute;
    }
    add(state, state.recent, window.activity().dns(), minute);
    return state;
  }

  @Override
  public DgaState follow(DgaState state, Window window) {
    long minute = minute(window.start());
    if (minute > state.minute) {
      if (state.minute * MINUTE - state.since < warmUp.toMillis()) {
        state.since += (minute - state.minute) * MINUTE;
      }
      forget(state, minute, true);
      state.minute = minute;
    }
    add(state, state.recent, window.activity().dns(), minute);
    return state;
  }

  @Override
  public Normal normal(DgaState state, Profile profile) {
    Digest usual = state.usual.learned();
    if (usual.count() == 0 && state.known.isEmpty()) {
      // That none was ever asked for is an experience too, once it was watched long enough.
      String none = "Never asked for a domain that does not exist.";
      return learning(state, profile).ready()
          ? new Normal(none, List.of(count(state)), state.since, state.minute * MINUTE)
          : Normal.nothing(state.since);
    }
    List<Normal.Value> values = new ArrayList<>();
    if (usual.count() > 0) {
      values.add(
          Normal.Value.spread(
              "domains that do not exist",
              "new domains in ten minutes, peak of an hour",
              usual.quantiles(0.05, 0.5, 0.95),
              usual.count()));
    }
    values.add(count(state));
    String sentence =
        "Asks for at most "
            + Plain.number(usual.largest())
            + " new domains that do not exist in ten minutes; "
            + Plain.count(state.known.size(), "such domain")
            + " it asked for before.";
    return new Normal(sentence, values, state.since, state.minute * MINUTE);
  }

  private static Normal.Value count(DgaState state) {
    return Normal.Value.amount(
        "domains that do not exist, asked for before", "domains", state.known.size(), 1);
  }

  /** What leaves the horizon is known from now on, unless it was suspicious. */
  private static void forget(DgaState state, long minute, boolean suspicious) {
    var entries = state.recent.entrySet().iterator();
    while (entries.hasNext()) {
      var entry = entries.next();
      if (entry.getValue().minute() <= minute - HORIZON) {
        if (!suspicious) {
          state.remember(entry.getKey());
        }
        entries.remove();
      }
    }
  }

  /** Adds a window's new domains that do not exist; returns whether there was one. */
  private static boolean add(
      DgaState state, TreeMap<Long, Recent> recent, DnsActivity dns, long minute) {
    boolean[] added = {false};
    dns.domains()
        .forEach(
            (name, activity) -> {
              long hash = Hash64.of(name);
              if (activity.answered()) {
                // It exists after all.
                recent.remove(hash);
              } else if (activity.nxdomain() && !state.known.contains(hash)) {
                recent.put(hash, new Recent(minute, kept(name)));
                added[0] = true;
              }
            });
    while (recent.size() > DgaState.RECENT_KEPT) {
      recent.pollLastEntry();
    }
    return added[0];
  }

  // Cut, and ASCII only, as host names are: one byte per character, and no half characters.
  private static String kept(String name) {
    return name.substring(0, Math.min(name.length(), DgaState.NAME_KEPT))
        .replaceAll("[^\\x21-\\x7e]", "?");
  }

  private double threshold(DgaState state) {
    return Math.max(minDomains, minRatio * state.usual.learned().largest());
  }

  private boolean unusual(DgaState state, TreeMap<Long, Recent> recent) {
    // A full table holds this many at least.
    double threshold = Math.min(DgaState.RECENT_KEPT, threshold(state));
    return recent.size() >= threshold
        && (recent.size() >= minDomainsOfAnyForm || unlikeliness(recent) >= minUnlikeliness);
  }

  /** What is unusual even for a workload of which nothing is known. */
  private boolean plain(DgaState state, TreeMap<Long, Recent> recent) {
    return unusual(state, recent)
        && recent.size() >= DOMAINS_AT_FIRST * minDomains
        && (recent.size() >= ANY_FORM_AT_FIRST * minDomainsOfAnyForm
            || unlikeliness(recent) >= minUnlikeliness + UNLIKELINESS_AT_FIRST);
  }

  private static double unlikeliness(TreeMap<Long, Recent> recent) {
    double sum = 0;
    for (Recent each : recent.values()) {
      sum += unlikeliness(each);
    }
    return recent.isEmpty() ? 0 : sum / recent.size();
  }

  private static double unlikeliness(Recent each) {
    int dot = each.name().indexOf('.');
    return NameForm.unlikeliness(dot < 0 ? each.name() : each.name().substring(0, dot));
  }

  private Signal signal(
      DgaState state, Window window, TreeMap<Long, Recent> recent, boolean overflowed) {
    int count = recent.size();
    double unlikeliness = unlikeliness(recent);
    double ratio = Math.max(1, count / threshold(state));
    boolean more = overflowed || count == DgaState.RECENT_KEPT;
    List<Contribution> parts =
        List.of(
            new Contribution(
                "domains that do not exist",
                35 + Math.min(30, 10 * Math.log(ratio) / Math.log(2)),
                (more ? "at least " : "") + count + " in ten minutes"),
            new Contribution(
                "unlikely names",
                35 * unlikeliness,
                "mean " + Math.round(unlikeliness * 100) / 100.0));
    double[] usual = state.usual.learned().quantiles(0.05, 0.5, 0.95);
    List<String> silencedBy = new ArrayList<>();
    silencedBy.add("min-domains above " + count);
    if (state.usual.learned().largest() > 0) {
      double most = state.usual.learned().largest();
      silencedBy.add("min-ratio above " + Plain.atLeast(count / most) + " (is " + minRatio + ")");
    }
    if (count < minDomainsOfAnyForm) {
      silencedBy.add("min-unlikeliness above " + Math.min(1, Math.ceil(unlikeliness * 100) / 100));
    }
    return new Signal(
        "metric",
        "nxdomain",
        Math.min(100, parts.get(0).points() + parts.get(1).points()),
        parts,
        List.of(
            new Measure(
                "domains that do not exist",
                "new domains in ten minutes, peak of an hour",
                count,
                usual[0],
                usual[1],
                usual[2],
                state.usual.learned().count(),
                state.since)),
        evidence(recent),
        window.end() - HORIZON * MINUTE,
        window.end(),
        window.workload().namespace()
            + "/"
            + window.workload().name()
            + " asked for "
            + (more ? "at least " : "")
            + count
            + " new domains that do not exist in ten minutes; "
            + Plain.number(state.usual.learned().largest())
            + " was the most so far.",
        silencedBy,
        "T1568.002");
  }

  private static List<Evidence> evidence(TreeMap<Long, Recent> recent) {
    return recent.values().stream()
        .sorted(
            Comparator.comparingDouble((Recent each) -> unlikeliness(each))
                .reversed()
                .thenComparing(Recent::name))
        .limit(Signal.EVIDENCE_KEPT)
        .map(each -> new Evidence(each.name(), -1, "", "does not exist", 1, 0, 0, List.of()))
        .toList();
  }

  private static long minute(long time) {
    return Math.floorDiv(time, MINUTE);
  }

  private static void require(boolean holds, String message, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(message + value);
    }
  }
}
