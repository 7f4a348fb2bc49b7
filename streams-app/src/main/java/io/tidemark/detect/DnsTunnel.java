package io.tidemark.detect;

import io.tidemark.detect.Signal.Contribution;
import io.tidemark.detect.Signal.Evidence;
import io.tidemark.detect.Signal.Measure;
import io.tidemark.setting.Setting;
import io.tidemark.state.Codec;
import io.tidemark.stats.Digest;
import io.tidemark.window.DomainActivity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Data carried in DNS names: many distinct names below one registrable domain in a short time,
 * names that look encoded or ask for text, more than this workload ever asked of that domain. What
 * is plain enough is told without a baseline. See {@code docs/detectors/dns-tunnel.md}.
 */
public record DnsTunnel(
    @Setting(
            "How long a workload is watched before slight evidence counts, 1h or more; strong evidence counts at once.")
        Duration warmUp,
    @Setting("Least distinct names of one domain in five minutes that carry data, 2 or more.")
        int minNames,
    @Setting("Least such names in an hour, for slow tunnels, 2 or more.") int minNamesPerHour,
    @Setting("Least such names in six hours, for very slow ones, 2 or more.")
        int minNamesPerSixHours,
    @Setting("Least multiple of the 99th percentile this workload had for the domain, 1 or more.")
        double minRatio,
    @Setting("Least characters of a name that look encoded, for it to carry data, 12 or more.")
        double minEncodedLength,
    @Setting(
            "Share of queries for text (TXT, NULL, KEY, CNAME, MX and the like) that stands in for encoded names, above 0, at most 1.")
        double minTextShare,
    @Setting("Registrable domains that are never judged.") List<String> ignoredDomains)
    implements Detector<TunnelState> {

  private static final long MINUTE = 60_000;
  private static final int NAMES_SHOWN = 5;
  // RFC 1035; what is longer is no DNS name and is not kept.
  private static final int LONGEST_NAME = 253;

  // With names so many times longer than they need be, half as many are enough.
  private static final double LONG_NAMES = 2;
  private static final double LONG_NAMES_AT_FIRST = 6;

  // Without a baseline: an address may be asked for in both its versions, each once or twice.
  private static final double LEAST_UNIQUE = 0.25;
  private static final double LEAST_SHARE = 0.25;

  public DnsTunnel {
    require(!warmUp.minusHours(1).isNegative(), "warm-up must be 1h or more: ", warmUp);
    require(minNames >= 2, "min-names must be 2 or more: ", minNames);
    require(minNamesPerHour >= 2, "min-names-per-hour must be 2 or more: ", minNamesPerHour);
    require(
        minNamesPerSixHours >= 2,
        "min-names-per-six-hours must be 2 or more: ",
        minNamesPerSixHours);
    require(minRatio >= 1, "min-ratio must be 1 or more: ", minRatio);
    require(minEncodedLength >= 12, "min-encoded-length must be 12 or more: ", minEncodedLength);
    require(
        minTextShare > 0 && minTextShare <= 1,
        "min-text-share must be above 0 and at most 1: ",
        minTextShare);
    ignoredDomains = List.copyOf(ignoredDomains);
  }

  public static DnsTunnel defaults() {
    return new DnsTunnel(
        Duration.ofHours(24), 50, 100, 300, 3, 20, 0.5, ReputationServices.DOMAINS);
  }

  @Override
  public String name() {
    return "dns-tunnel";
  }

  @Override
  public int version() {
    return TunnelState.VERSION;
  }

  @Override
  public Codec<TunnelState> codec() {
    return TunnelState.CODEC;
  }

  @Override
  public TunnelState initial(long start) {
    return new TunnelState(start, minute(start));
  }

  @Override
  public Learning learning(TunnelState state, Profile profile) {
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

  /** Dozens of names that carry data are a tunnel whatever the workload did before. */
  @Override
  public boolean speaks(TunnelState state, Profile profile) {
    return true;
  }

  @Override
  public List<Signal> score(TunnelState state, Profile profile, Window window) {
    boolean mature = learning(state, profile).ready();
    int least = Math.min(minNames, Math.min(minNamesPerHour, minNamesPerSixHours)) / 2;
    List<Signal> signals = new ArrayList<>();
    long minute = minute(window.start());
    window
        .activity()
        .dns()
        .domains()
        .forEach(
            (name, activity) -> {
              TunnelDomain domain = state.domains.get(name);
              long atMost = activity.names() + (domain == null ? 0 : domain.atMost());
              if (atMost >= least && !ignoredDomains.contains(name)) {
                TunnelBucket now = new TunnelBucket();
                now.add(name, activity, minEncodedLength);
                TunnelDomain before = domain == null ? new TunnelDomain() : domain;
                TunnelFinding finding = judge(before, minute, now, mature);
                // A plain name does not bring up again what was told of the hour before it.
                if (finding != null && now.encodedNames() + now.textNames() > 0) {
                  signals.add(signal(state, window, name, activity, finding));
                }
              }
            });
    return signals;
  }

  @Override
  public TunnelState learn(TunnelState state, Window window, boolean fired) {
    if (minute(window.start()) > state.minute) {
      completeMinute(state);
    }
    return add(state, window);
  }

  @Override
  public TunnelState follow(TunnelState state, Window window) {
    long passed = (minute(window.start()) - state.minute) * MINUTE;
    if (passed > 0 && state.minute * MINUTE - state.since < warmUp.toMillis()) {
      state.since += passed;
    }
    return add(state, window);
  }

  private TunnelState add(TunnelState state, Window window) {
    long minute = minute(window.start());
    if (minute > state.minute) {
      state.minute = minute;
      state.domains.values().forEach(domain -> domain.roll(minute));
    }
    window
        .activity()
        .dns()
        .domains()
        .forEach(
            (name, activity) -> {
              if (name.length() <= LONGEST_NAME) {
                state
                    .domains
                    .computeIfAbsent(name, n -> new TunnelDomain())
                    .add(minute, name, activity, minEncodedLength);
              }
            });
    state.makeRoom();
    return state;
  }

  @Override
  public Normal normal(TunnelState state, Profile profile) {
    List<Map.Entry<String, TunnelDomain>> learned =
        state.domains.entrySet().stream()
            .filter(entry -> entry.getValue().usualSlow().learned().count() > 0)
            .sorted(
                Comparator.comparingDouble(
                        (Map.Entry<String, TunnelDomain> entry) ->
                            entry.getValue().usualSlow().learned().largest())
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    if (learned.isEmpty()) {
      return Normal.nothing(state.since);
    }
    List<Normal.Value> values = new ArrayList<>();
    for (Map.Entry<String, TunnelDomain> entry : learned) {
      Digest usual = entry.getValue().usualSlow().learned();
      values.add(
          Normal.Value.spread(
              entry.getKey(), "names in an hour", usual.quantiles(0.05, 0.5, 0.95), usual.count()));
    }
    Digest most = learned.get(0).getValue().usualSlow().learned();
    String sentence =
        "Asks about "
            + Plain.count(learned.size(), "domain")
            + "; about none more than about "
            + learned.get(0).getKey()
            + ": at most "
            + Plain.number(most.largest())
            + " different names in an hour.";
    return new Normal(sentence, values, state.since, state.minute * MINUTE);
  }

  /** Learns how many names were asked, unless it looks like a tunnel. */
  private void completeMinute(TunnelState state) {
    long minute = state.minute;
    boolean mature = minute * MINUTE - state.since >= warmUp.toMillis();
    state.domains.forEach(
        (name, domain) -> {
          if (domain.lastAsked() == minute) {
            // What a workload did from the start it may go on doing; it was told of once.
            boolean suspicious =
                mature
                    && !ignoredDomains.contains(name)
                    && judge(domain, minute, new TunnelBucket(), true) != null;
            domain.usualFast().observe(minute, domain.fast(minute).names(), suspicious);
            domain.usualSlow().observe(minute, domain.slow(minute).names(), suspicious);
            domain.usualLong().observe(minute, domain.patient(minute).names(), suspicious);
          }
        });
  }

  private int least(TunnelHorizon horizon) {
    return switch (horizon) {
      case FIVE_MINUTES -> minNames;
      case HOUR -> minNamesPerHour;
      case SIX_HOURS -> minNamesPerSixHours;
    };
  }

  private TunnelFinding judge(TunnelDomain domain, long minute, TunnelBucket now, boolean mature) {
    TunnelFinding best = null;
    int found = 0;
    for (TunnelHorizon horizon : TunnelHorizon.values()) {
      // Hours of names that trickle in prove nothing of a workload that is not known.
      if (mature || horizon != TunnelHorizon.SIX_HOURS) {
        TunnelBucket asked = horizon.asked(domain, minute);
        asked.merge(now);
        TunnelFinding finding = finding(asked, horizon, horizon.usual(domain), mature);
        found += finding == null ? 0 : 1;
        best = best == null || (finding != null && finding.ratio() > best.ratio()) ? finding : best;
      }
    }
    return found > 1 ? best.together() : best;
  }

  private TunnelFinding finding(
      TunnelBucket asked, TunnelHorizon horizon, Digest usual, boolean mature) {
    double carrying = asked.encodedNames();
    double least = least(horizon) * enough(asked, mature);
    if (asked.textShare() >= minTextShare && asked.textNames() >= carrying) {
      carrying = asked.textNames();
      least = least(horizon);
    }
    boolean unusual = usual.count() == 0 || asked.names() >= minRatio * usual.quantile(0.99);
    boolean plain =
        mature || (asked.uniqueness() >= LEAST_UNIQUE && carrying >= LEAST_SHARE * asked.names());
    return carrying >= least && unusual && plain
        ? new TunnelFinding(asked, horizon, carrying, least, usual, true)
        : null;
  }

  /** The longer the names, the fewer will do, down to half. */
  private double enough(TunnelBucket asked, boolean mature) {
    double longEnough = minEncodedLength * (mature ? LONG_NAMES : LONG_NAMES_AT_FIRST);
    double length = asked.encodedLength();
    return length <= longEnough / 2 ? 1 : Math.max(0.5, longEnough / 2 / length);
  }

  private Signal signal(
      TunnelState state,
      Window window,
      String name,
      DomainActivity activity,
      TunnelFinding finding) {
    TunnelBucket asked = finding.asked();
    String horizon = finding.horizon().words;
    List<Contribution> parts =
        List.of(
            new Contribution(
                "distinct names",
                45 + Math.min(25, 8 * Math.log(finding.ratio()) / Math.log(2)),
                asked.names() + " in " + horizon),
            new Contribution(
                "encoded names",
                Math.min(20, asked.encodedLength() / 2),
                Plain.number(asked.encodedLength()) + " characters per name look encoded"),
            new Contribution(
                "text queries",
                10 * asked.textShare(),
                Plain.number(100 * asked.textShare()) + " % ask for text"));
    double score = 0;
    for (Contribution part : parts) {
      score += part.points();
    }
    double[] usual = finding.usual().quantiles(0.05, 0.5, 0.95);
    List<String> shown = activity.sample().stream().limit(NAMES_SHOWN).toList();
    return new Signal(
        "domain",
        name,
        Math.min(100, score),
        parts,
        List.of(
            new Measure(
                "distinct names",
                "names in " + horizon,
                asked.names(),
                usual[0],
                usual[1],
                usual[2],
                finding.usual().count(),
                state.since)),
        List.of(
            new Evidence(
                name, -1, "", String.join(", ", shown), activity.queries(), 0, 0, List.of())),
        window.end() - finding.horizon().minutes * MINUTE,
        window.end(),
        window.workload().namespace()
            + "/"
            + window.workload().name()
            + " asked for "
            + asked.names()
            + " different names under "
            + name
            + " in "
            + horizon
            + (finding.usual().count() == 0
                ? window.start() - state.since >= warmUp.toMillis()
                    ? "; it never asked for that domain before."
                    : "; what is normal for it is not yet known."
                : "; up to " + Plain.number(usual[2]) + " is normal for it."),
        silencedBy(finding, name),
        "T1071.004");
  }

  private List<String> silencedBy(TunnelFinding finding, String name) {
    List<String> ways = new ArrayList<>();
    if (finding.alone()) {
      ways.add(finding.horizon().setting + " above " + 2 * (long) Math.ceil(finding.carrying()));
    }
    ways.add("ignored-domains with " + name);
    if (finding.asked().textShare() < minTextShare) {
      ways.add("min-encoded-length above " + Plain.atLeast(2 * finding.asked().encodedLength()));
    }
    return ways;
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
