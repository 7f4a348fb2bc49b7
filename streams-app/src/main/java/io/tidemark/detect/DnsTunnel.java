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
 * names that look encoded, more than this workload ever asked of that domain. See {@code
 * docs/detectors/dns-tunnel.md}.
 */
public record DnsTunnel(
    @Setting("How long a workload is watched before it is judged, 1h or more.") Duration warmUp,
    @Setting("Least distinct names of one domain in five minutes, 2 or more.") int minNames,
    @Setting("Least distinct names of one domain in an hour, for slow tunnels, 2 or more.")
        int minNamesPerHour,
    @Setting("Least multiple of the 99th percentile this workload had for the domain, 1 or more.")
        double minRatio,
    @Setting("Least characters per name that look encoded, on average, 12 or more.")
        double minEncodedLength,
    @Setting("Share of TXT and NULL queries that stands in for encoded names, above 0, at most 1.")
        double minTextShare,
    @Setting("Registrable domains that are never judged.") List<String> ignoredDomains)
    implements Detector<TunnelState> {

  private static final long MINUTE = 60_000;
  private static final int NAMES_SHOWN = 5;
  // RFC 1035; what is longer is no DNS name and is not kept.
  private static final int LONGEST_NAME = 253;

  public DnsTunnel {
    require(!warmUp.minusHours(1).isNegative(), "warm-up must be 1h or more: ", warmUp);
    require(minNames >= 2, "min-names must be 2 or more: ", minNames);
    require(minNamesPerHour >= 2, "min-names-per-hour must be 2 or more: ", minNamesPerHour);
    require(minRatio >= 1, "min-ratio must be 1 or more: ", minRatio);
    require(minEncodedLength >= 12, "min-encoded-length must be 12 or more: ", minEncodedLength);
    require(
        minTextShare > 0 && minTextShare <= 1,
        "min-text-share must be above 0 and at most 1: ",
        minTextShare);
    ignoredDomains = List.copyOf(ignoredDomains);
  }

  public static DnsTunnel defaults() {
    return new DnsTunnel(Duration.ofHours(24), 50, 200, 3, 20, 0.5, List.of());
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

  @Override
  public List<Signal> score(TunnelState state, Profile profile, Window window) {
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
              if (atMost >= Math.min(minNames, minNamesPerHour) && !ignoredDomains.contains(name)) {
                TunnelBucket now = new TunnelBucket();
                now.add(name, activity);
                Finding finding = judge(domain == null ? new TunnelDomain() : domain, minute, now);
                if (finding != null) {
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

  private static TunnelState add(TunnelState state, Window window) {
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
                    .add(minute, name, activity);
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
    boolean mature = state.minute * MINUTE - state.since >= warmUp.toMillis();
    for (TunnelDomain domain : state.domains.values()) {
      if (domain.lastAsked() == state.minute) {
        boolean suspicious = mature && judge(domain, state.minute, new TunnelBucket()) != null;
        long minute = state.minute;
        domain.usualFast().observe(minute, domain.fast(minute).names(), suspicious);
        domain.usualSlow().observe(minute, domain.slow(minute).names(), suspicious);
      }
    }
  }

  /**
   * A domain that looks like a tunnel.
   *
   * @param asked over the horizon that tells most
   * @param minutes length of that horizon
   * @param threshold names that it had to reach
   * @param usual names per horizon as learned
   * @param alone whether the other horizon would have been silent
   */
  private record Finding(
      TunnelBucket asked, int minutes, double threshold, Digest usual, boolean alone) {

    Finding together() {
      return new Finding(asked, minutes, threshold, usual, false);
    }

    double ratio() {
      return asked.names() / threshold;
    }
  }

  private Finding judge(TunnelDomain domain, long minute, TunnelBucket now) {
    TunnelBucket fast = domain.fast(minute);
    fast.merge(now);
    TunnelBucket slow = domain.slow(minute);
    slow.merge(now);
    Finding quick = finding(fast, TunnelDomain.MINUTES, minNames, domain.usualFast().learned());
    Finding patient =
        finding(slow, TunnelDomain.HOUR, minNamesPerHour, domain.usualSlow().learned());
    if (quick == null || patient == null) {
      return quick == null ? patient : quick;
    }
    return (patient.ratio() > quick.ratio() ? patient : quick).together();
  }

  private Finding finding(TunnelBucket asked, int minutes, int least, Digest usual) {
    double threshold =
        usual.count() == 0 ? least : Math.max(least, minRatio * usual.quantile(0.99));
    boolean form = asked.encodedLength() >= minEncodedLength || asked.textShare() >= minTextShare;
    return form && asked.names() >= threshold
        ? new Finding(asked, minutes, threshold, usual, true)
        : null;
  }

  private Signal signal(
      TunnelState state, Window window, String name, DomainActivity activity, Finding finding) {
    TunnelBucket asked = finding.asked();
    String horizon = finding.minutes() == TunnelDomain.HOUR ? "an hour" : "five minutes";
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
                Plain.number(100 * asked.textShare()) + " % ask for TXT or NULL"));
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
        window.end() - finding.minutes() * MINUTE,
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
                ? "; it never asked for that domain before."
                : "; up to " + Plain.number(usual[2]) + " is normal for it."),
        silencedBy(finding, name),
        "T1071.004");
  }

  private List<String> silencedBy(Finding finding, String name) {
    List<String> ways = new ArrayList<>();
    long names = finding.asked().names();
    if (finding.alone()) {
      boolean slow = finding.minutes() == TunnelDomain.HOUR;
      ways.add((slow ? "min-names-per-hour" : "min-names") + " above " + names);
    }
    ways.add("ignored-domains with " + name);
    if (finding.asked().textShare() < minTextShare) {
      ways.add("min-encoded-length above " + Plain.atLeast(finding.asked().encodedLength()));
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
