package io.tidemark.fleet;

import static io.tidemark.fleet.Repertoire.Variant.way;

import io.tidemark.fleet.Repertoire.Act;
import java.util.ArrayList;
import java.util.List;

/** Incidents in which what is usual becomes more, less, slower or wrong. */
final class Troubles {
  private static final int DAY_MINUTES = 1_440;

  /** Connections a minute without which an edge is too quiet for its volume to mean anything. */
  private static final double BUSY = 0.5;

  /** Connections a minute whose absence nobody can overlook. */
  private static final double STEADY = 1.5;

  /** Requests a minute of a client that guesses. */
  private static final double GUESSES = 30;

  /** Alerts about the source of flow records are about this, of whatever cluster. */
  private static final String SOURCE = "reserved/source";

  /** Workloads that somebody runs into whom policy stops. */
  private static final int STOPPED_AT = 8;

  private Troubles() {}

  static List<Act> acts() {
    return List.of(
        Act.of(
            "volume-spike",
            way("five-to-twenty", 8, s -> spike(s, 5 + s.dice().below(16))),
            way("busiest-hour", 8, s -> spike(s, 8)).busiest(),
            way("sustained", 120, s -> spike(s, 6)),
            way("five-percent-a-day", 9 * DAY_MINUTES, Troubles::ramp).early()),
        Act.of("silence", way("half-an-hour", 30, Troubles::silence)),
        Act.of(
            "flood",
            way("one-client", 5, s -> flood(s, false)),
            way("distributed", 5, s -> flood(s, true))),
        Act.of(
            "denied",
            way("surge", 10, s -> denied(s, STOPPED_AT, 60)),
            way("first-edge", 20, s -> denied(s, 1, 3))),
        Act.of(
            "http-errors",
            way("server-5xx", 20, s -> errors(s, false)),
            way("client-401", 20, s -> errors(s, true)),
            way("client-404", 20, s -> errors(s, true))),
        Act.of("latency", way("five-times", 40, Troubles::slow)),
        Act.of("blind", way("lost-events", 20, Troubles::losses)));
  }

  /** An edge whose usual rate, times the factor, is far from nothing. */
  private static Call busy(Stage s, double least) {
    double intensity = s.fleet().spec().intensity();
    return s.edge(call -> call.perMinute() * intensity >= least);
  }

  private static List<Workload> ends(Call call) {
    return List.of((Workload) call.client(), (Workload) call.server());
  }

  private static Plot spike(Stage s, double factor) {
    Call call = busy(s, BUSY);
    if (call == null) {
      return null;
    }
    Event event =
        s.event(
            s.key(call.server()), s.key(call.client()), s.key(call.server()), "volume", "flood");
    double more = call.perMinute() * (factor - 1);
    return Plot.of(event, ends(call), (scene, lookups) -> new Calling(scene, lookups, call, more));
  }

  private static Plot silence(Stage s) {
    double intensity = s.fleet().spec().intensity();
    Call call = s.edge(c -> c.perMinute() * intensity >= STEADY && c.curve() == Curve.STEADY);
    if (call == null) {
      return null;
    }
    Workload server = (Workload) call.server();
    Event event = s.event(s.key(server), s.key(call.client()), s.key(server), "volume");
    return Plot.of(event, ends(call), null).holding(said -> said.touches(server));
  }

  private static Plot ramp(Stage s) {
    Call call = busy(s, BUSY);
    if (call == null) {
      return null;
    }
    Event event =
        s.event(s.key(call.server()), s.key(call.client()), s.key(call.server()), "volume");
    double days = s.minutes() / (double) DAY_MINUTES;
    long start = s.start() * 1_000_000L;
    return Plot.of(
        event, ends(call), (scene, lookups) -> new Ramp(scene, lookups, call, start, 1.05, days));
  }

  private static Plot flood(Stage s, boolean distributed) {
    Call call = busy(s, 0.05);
    if (call == null) {
      return null;
    }
    Workload server = (Workload) call.server();
    Party client = distributed ? Realm.WORLD : call.client();
    if (server.port() == 0) {
      return null;
    }
    String source = distributed ? "" : s.key(client);
    Event event = s.event(s.key(server), source, s.key(server), "flood", "volume");
    double perSecond = 15 + s.dice().below(20);
    return Plot.of(
        event, ends(call), (scene, lookups) -> new Flood(scene, client, server, perSecond));
  }

  /** One edge that is new and denied is a probe, several are a surge. */
  private static Plot denied(Stage s, int edges, double perMinute) {
    Workload client = s.actor();
    List<Workload> servers = new ArrayList<>();
    while (client != null && servers.size() < edges) {
      Workload server = s.stranger(client);
      if (server == null) {
        return null;
      }
      servers.add(server);
    }
    if (client == null) {
      return null;
    }
    boolean probe = edges == 1;
    Event event =
        probe
            ? s.event(s.key(client), s.key(client), s.key(servers.get(0)), "denied", "new-peer")
            : s.event(s.key(client), s.key(client), "", "denied");
    List<Workload> players = new ArrayList<>(servers);
    players.add(client);
    boolean atServer = s.dice().chance(0.5);
    return Plot.of(
        event,
        players,
        (scene, lookups) -> new Denied(scene, client, servers, perMinute, atServer));
  }

  private static Call web(Stage s, double least) {
    double intensity = s.fleet().spec().intensity();
    return s.edge(c -> Web.serves((Workload) c.server()) && c.perMinute() * intensity >= least);
  }

  private static Plot errors(Stage s, boolean byClient) {
    Call call = web(s, byClient ? 0.05 : 1);
    if (call == null) {
      return null;
    }
    String variant = s.variant();
    int code = byClient ? Integer.parseInt(variant.substring(variant.length() - 3)) : 503;
    String who = s.key(byClient ? call.client() : call.server());
    Event event = s.event(who, s.key(call.client()), s.key(call.server()), "http-errors");
    if (byClient) {
      Workload client = (Workload) call.client();
      Workload server = (Workload) call.server();
      return Plot.of(
          event,
          ends(call),
          (scene, lookups) -> new Guessing(scene, client, server, code, GUESSES));
    }
    Effect effect = new Effect(call.server(), null, s.start(), s.end(), 0.5, code, 1);
    return Plot.of(event, ends(call), null).with(effect);
  }

  private static Plot slow(Stage s) {
    Call call = web(s, 1);
    if (call == null) {
      return null;
    }
    Event event =
        s.event(s.key(call.server()), s.key(call.client()), s.key(call.server()), "latency");
    Effect effect = new Effect(call.server(), null, s.start(), s.end(), 0, 200, 5);
    return Plot.of(event, ends(call), null).with(effect);
  }

  private static Plot losses(Stage s) {
    Node node = s.node();
    return node == null
        ? null
        : Plot.of(
            s.event(SOURCE, node.name(), "", "blind"),
            List.of(),
            (scene, lookups) -> new Losses(List.of(node)));
  }
}
