package io.tidemark.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns what a source does not see into signals: points, measures and words. */
final class BlindReport {

  private static final String IMPAIR = "T1562";
  private static final String BLOCKING = "T1562.006";

  private final Blind settings;
  private final BlindState state;
  private final Profile profile;
  private final Window window;

  BlindReport(Blind settings, BlindState state, Profile profile, Window window) {
    this.settings = settings;
    this.state = state;
    this.profile = profile;
    this.window = window;
  }

  /** Low to medium: the source knows, and says so, that it cannot keep up. */
  Signal loss(BlindState.Minute minute) {
    double share = minute.lost() / (double) (minute.lost() + minute.records());
    List<String> nodes = new ArrayList<>();
    for (Map.Entry<String, Long> each : minute.losers().entrySet()) {
      nodes.add(each.getKey().isEmpty() ? "a node it does not name" : each.getKey());
    }
    return signal(
        "loss",
        45,
        25 * share,
        Plain.number(100 * share) + " % of a minute's events",
        minute,
        "The source "
            + source()
            + " lost "
            + minute.lost()
            + " events in a minute beside the "
            + minute.records()
            + " it told, and has lost some for minutes"
            + (nodes.isEmpty() ? "" : " (" + Normal.enumerated(nodes, 0) + ")")
            + "; what went on there was not seen.",
        List.of(
            "detectors.blind.loss-share above " + PeerWords.tenths(Math.ceil(share * 10) / 10),
            "a larger ring buffer at the source"),
        IMPAIR);
  }

  Signal silence(BlindState.Minute minute) {
    long since = state.silentSince() == Step.NONE ? Step.of(window) : state.silentSince();
    long minutes = Step.of(window) - since + 1;
    return signal(
        "silence",
        70,
        Math.min(15.0, (double) (minutes - settings.silentMinutes())),
        minutes + " minutes so far",
        minute,
        "The source "
            + source()
            + " has told next to nothing for "
            + Plain.count(minutes, "minute")
            + " of a fleet of "
            + Plain.number(state.workloadsPerMinute()[1])
            + " workloads; a minute has never had fewer than about "
            + Plain.number(state.leastRecords())
            + " records.",
        List.of(
            "detectors.blind.silent-minutes above " + minutes,
            "detectors.blind.min-records above " + Plain.atLeast(state.leastRecords())),
        BLOCKING);
  }

  Signal sampling(BlindState.Minute minute) {
    double usual = Math.max(1e-9, state.recordsPerConnection()[1]);
    double ratio = minute.perConnection() / usual;
    double change = ratio >= 1 ? ratio : 1 / ratio;
    double doublings =
        StrictMath.log(Math.max(1, change / settings.minRatio())) / StrictMath.log(2);
    return signal(
        "sampling",
        45,
        Math.min(15, 4 * doublings),
        PeerWords.tenths(change) + " times " + (ratio >= 1 ? "more" : "fewer"),
        minute,
        "The source "
            + source()
            + " tells "
            + Plain.number(minute.perConnection())
            + " records per connection where "
            + Plain.number(usual)
            + " are usual, in the whole fleet at once: its aggregation or sampling was changed, and"
            + " counts before and after are not comparable.",
        List.of("detectors.blind.min-ratio above " + Plain.atLeast(change)),
        BLOCKING);
  }

  Signal deniedOnly(BlindState.Minute minute) {
    return signal(
        "denied only",
        55,
        5,
        "for " + Blind.CHANGE_MINUTES + " minutes",
        minute,
        "The source "
            + source()
            + " has told nothing but drops for "
            + Blind.CHANGE_MINUTES
            + " minutes; at least "
            + Plain.number(100 * state.allowedShare())
            + " % of its records were of allowed traffic before: its log level was changed.",
        List.of("a log level at the source that tells what is allowed"),
        BLOCKING);
  }

  private String source() {
    return window.source().id();
  }

  private Signal signal(
      String subject,
      double base,
      double extent,
      String detail,
      BlindState.Minute minute,
      String sentence,
      List<String> silencedBy,
      String technique) {
    List<Signal.Contribution> points =
        List.of(
            new Signal.Contribution(subject, base, "the source as a whole"),
            new Signal.Contribution("extent", Math.max(0, extent), detail));
    return new Signal(
        "metric",
        subject,
        PeerWords.score(points),
        points,
        List.of(
            measure("records", "per minute", (double) minute.records(), state.recordsPerMinute()),
            measure(
                "records per connection",
                "records",
                minute.perConnection(),
                state.recordsPerConnection()),
            measure(
                "workloads", "per minute", (double) minute.workloads(), state.workloadsPerMinute()),
            PeerWords.measure(
                "lost events",
                "per minute",
                (double) minute.lost(),
                state.minutes(),
                profile.firstSeen())),
        evidence(minute),
        window.start(),
        window.end(),
        sentence,
        silencedBy,
        technique);
  }

  private Signal.Measure measure(String name, String unit, double value, double[] usual) {
    return new Signal.Measure(
        name, unit, value, usual[0], usual[1], usual[2], state.minutes(), profile.firstSeen());
  }

  /** Who lost something; the peer of it is the node. */
  private static List<Signal.Evidence> evidence(BlindState.Minute minute) {
    List<Signal.Evidence> evidence = new ArrayList<>();
    minute
        .losers()
        .forEach(
            (node, lost) ->
                evidence.add(
                    new Signal.Evidence(
                        node, -1, "", "lost " + lost + " events", 0, 0, 0, List.of())));
    return evidence;
  }

  static Normal normal(BlindState state, Profile profile) {
    if (state.minutes() == 0) {
      return Normal.nothing(profile.firstSeen());
    }
    double[] records = state.recordsPerMinute();
    double[] ratio = state.recordsPerConnection();
    double[] workloads = state.workloadsPerMinute();
    List<Normal.Value> values = new ArrayList<>();
    values.add(Normal.Value.spread("records", "per minute", records, state.minutes()));
    values.add(Normal.Value.spread("workloads", "per minute", workloads, state.minutes()));
    if (!Double.isNaN(ratio[1])) {
      values.add(Normal.Value.spread("records per connection", "records", ratio, state.minutes()));
    }
    String sentence =
        "The source tells "
            + Plain.number(records[1])
            + " records a minute as a rule, of "
            + Plain.number(workloads[1])
            + " workloads, "
            + Plain.number(ratio[1])
            + " for each connection.";
    return new Normal(sentence, values, profile.firstSeen(), state.moved());
  }
}
