package io.tidemark.detect;

import java.util.ArrayList;
import java.util.List;

/** Turns HTTP that goes wrong into signals: points, measures and words. */
final class HttpReport {

  private static final String BRUTE_FORCE = "T1110";
  private static final String WORDLIST = "T1595.003";
  private static final String DENIAL = "T1499";

  private final HttpErrors settings;
  private final Profile profile;
  private final Window window;

  HttpReport(HttpErrors settings, Profile profile, Window window) {
    this.settings = settings;
    this.profile = profile;
    this.window = window;
  }

  Signal failures(HttpState.Party party, HttpLine line, HttpLine.Count sum, int minutes) {
    boolean own = party.role() == HttpState.Role.SERVER;
    double share = sum.failed() / (double) sum.all();
    List<Signal.Contribution> points = new ArrayList<>(2);
    points.add(
        new Signal.Contribution(
            "failing", own ? 45 : 40, settings.persistence() + " minutes of the last five"));
    points.add(
        new Signal.Contribution(
            "share", 20 * share, percent(share) + " of " + sum.all() + " requests"));
    String server =
        own ? PeerWords.name(window.workload()) : PeerWords.name(party.peer(), window.workload());
    String sentence =
        server
            + " failed "
            + sum.failed()
            + " of "
            + sum.all()
            + (own ? " requests" : " requests of " + PeerWords.name(window.workload()))
            + " in "
            + PeerWords.minutes(minutes)
            + " ("
            + percent(share)
            + ") with server errors, and has done so for minutes; up to "
            + percent(line.usual())
            + " are usual.";
    double[] usual = line.shares().quantiles(0.05, 0.5, 0.95);
    return signal(
        own ? "metric" : "peer",
        own ? "server errors" : "server errors of " + server,
        points,
        List.of(
            new Signal.Measure(
                "server errors",
                "per thousand",
                1000 * share,
                usual[0],
                usual[1],
                usual[2],
                line.shares().count(),
                profile.firstSeen()),
            measure("requests", (double) sum.all(), line.shares().count())),
        sentence,
        List.of(
            "detectors.http-errors.min-share above " + PeerWords.tenths(Math.ceil(share * 10) / 10),
            "detectors.http-errors.min-requests above " + sum.all()),
        DENIAL);
  }

  Signal refusals(HttpState.Party party, HttpLine.Count recent, double limit) {
    return client(party, recent, recent.refused(), limit, true);
  }

  Signal misses(HttpState.Party party, HttpLine.Count recent, double limit) {
    return client(party, recent, recent.missing(), limit, false);
  }

  /**
   * A client of the fleet that guesses is worse than one outside, where guessing is the noise of
   * the Internet: that one must exceed the limit by half again to be told.
   */
  private Signal client(
      HttpState.Party party, HttpLine.Count recent, long count, double limit, boolean refused) {
    boolean outside = party.role() == HttpState.Role.OUTSIDE;
    boolean stranger = party.peer().external() && !outside;
    List<Signal.Contribution> points = new ArrayList<>(2);
    double base = refused ? (stranger ? 42 : 48) : (stranger ? 35 : 44);
    double doublings = StrictMath.log(Math.max(1, count / limit)) / StrictMath.log(2);
    String kind = refused ? "refusals" : "misses";
    points.add(
        new Signal.Contribution(
            kind, base, stranger ? "a client outside the fleet" : "a client of the fleet"));
    points.add(
        new Signal.Contribution(
            "growth",
            Math.min(25, 9 * doublings),
            PeerWords.tenths(count / limit) + " times what is out of the ordinary"));
    String own = PeerWords.name(window.workload());
    String peer = PeerWords.name(party.peer(), window.workload());
    String sentence =
        (outside ? own : peer)
            + (refused ? " was refused " : " asked for what is not there ")
            + count
            + (refused ? " times by " : " times at ")
            + (outside ? peer : own)
            + " within five minutes, "
            + percent(count / (double) recent.all())
            + " of all its requests"
            + (refused ? ": credentials or permissions are tried out." : ": paths are tried out.");
    return signal(
        "peer",
        kind + (outside ? " at " : " of ") + peer,
        points,
        List.of(
            measure(kind, (double) count, profile.windowsSeen()),
            measure("responses", (double) recent.all(), profile.windowsSeen()),
            measure("out of the ordinary from", limit, profile.windowsSeen())),
        sentence,
        List.of(
            "detectors.http-errors." + kind + " above " + count,
            "a smaller share of "
                + kind
                + " among the client's responses (detectors.http-errors.client-share)"),
        refused ? BRUTE_FORCE : WORDLIST);
  }

  private Signal.Measure measure(String name, double value, long samples) {
    return PeerWords.measure(name, "responses", value, samples, profile.firstSeen());
  }

  private Signal signal(
      String kind,
      String subject,
      List<Signal.Contribution> points,
      List<Signal.Measure> measures,
      String sentence,
      List<String> silencedBy,
      String technique) {
    return new Signal(
        kind,
        subject,
        PeerWords.score(points),
        points,
        measures,
        PeerWords.evidence(List.copyOf(window.activity().edges().values()), window.workload()),
        window.start(),
        window.end(),
        sentence,
        silencedBy,
        technique);
  }

  private static String percent(double share) {
    return Plain.number(100 * share) + " %";
  }

  static Normal normal(HttpState state, Profile profile) {
    HttpLine server = state.line(HttpState.Party.SERVER);
    if (server.shares().count() == 0) {
      return Normal.nothing(profile.firstSeen());
    }
    double[] shares = server.shares().quantiles(0.05, 0.5, 0.95);
    List<Normal.Value> values =
        List.of(
            Normal.Value.spread(
                "server errors of a minute", "per thousand", shares, server.shares().count()),
            Normal.Value.amount(
                "refusals of one client within five minutes",
                "responses",
                state.refusals().usual(),
                1),
            Normal.Value.amount(
                "misses of one client within five minutes",
                "responses",
                state.misses().usual(),
                1));
    String sentence =
        "Fails up to "
            + percent(server.usual())
            + " of its requests in a minute; refuses one client up to "
            + Plain.number(state.refusals().usual())
            + " times within five minutes, and up to "
            + Plain.number(state.misses().usual())
            + " requests of one client are for what is not there.";
    return new Normal(sentence, values, profile.firstSeen(), state.moved());
  }
}
