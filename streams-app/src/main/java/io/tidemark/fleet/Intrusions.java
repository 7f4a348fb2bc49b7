package io.tidemark.fleet;

import static io.tidemark.fleet.Repertoire.Variant.way;

import io.tidemark.fleet.Repertoire.Act;
import java.util.List;

/** Incidents in which somebody looks around or makes a contact that was never there. */
final class Intrusions {
  private Intrusions() {}

  static List<Act> acts() {
    return List.of(
        Act.of(
            "port-scan",
            way("burst", 4, s -> portScan(s, 300, 0, false)),
            way("one-a-minute", 120, s -> portScan(s, 120, 0, false)),
            way("half-open", 5, s -> portScan(s, 60, 0.5, false)),
            way("during-rollout", 5, s -> portScan(s, 120, 0, true)),
            way("busiest-hour", 4, s -> portScan(s, 200, 0, false)).busiest()),
        Act.of(
            "host-sweep",
            way("burst", 5, s -> hostSweep(s, 120)),
            way("one-a-minute", 120, s -> hostSweep(s, 120))),
        Act.of(
            "new-peer",
            way("internal", 20, s -> newPeer(s, s.stranger(null), false)),
            way("domain", 30, s -> newPeer(s, s.domain(), false)),
            way("address", 30, s -> newPeer(s, s.address(), false)),
            way("during-rollout", 20, s -> newPeer(s, s.stranger(null), true)),
            way("busiest-hour", 20, s -> newPeer(s, s.stranger(null), false)).busiest()),
        Act.of(
            "port-use",
            way("new-server-port", 15, Intrusions::newServerPort),
            way("reverse-shell", 40, Intrusions::reverseShell)));
  }

  /** What an incident of the script would add. */
  private static Plot.Cast habit(Incident incident) {
    return (scene, lookups) -> Misbehaviour.of(incident, scene, lookups).orElseThrow();
  }

  private static Plot portScan(Stage s, int ports, double open, boolean rollout) {
    Workload actor = s.actor();
    Workload target = s.any(w -> w.port() > 0 && w.minReplicas() > 0 && w.schedule() == null);
    if (actor == null || target == null) {
      return null;
    }
    Incident incident = Incident.portScan(s.fleet(), actor, target, ports, s.start(), s.minutes());
    Event event = s.event(s.key(actor), s.key(actor), s.key(target), "port-scan");
    Plot plot =
        Plot.of(
            event, List.of(actor, target), (scene, lookups) -> new PortScan(scene, incident, open));
    return rollout ? plot.rolling(actor) : plot;
  }

  private static Plot hostSweep(Stage s, int targets) {
    Workload actor = s.actor();
    if (actor == null) {
      return null;
    }
    int[] ports = {22, 445, 2375, 3306, 3389, 6379, 10250};
    int port = ports[s.dice().below(ports.length)];
    Incident incident = Incident.hostSweep(s.fleet(), actor, port, targets, s.start(), s.minutes());
    Event event = s.event(s.key(actor), s.key(actor), "", "host-sweep");
    return Plot.of(event, List.of(actor), habit(incident));
  }

  /**
   * @param peer {@code null} if a workload inside was looked for and none was free
   */
  private static Plot newPeer(Stage s, Party peer, boolean rollout) {
    Workload actor = s.actor();
    if (actor == null || peer == null) {
      return null;
    }
    if (peer instanceof Workload inside && s.fleet().calls(actor, inside)) {
      return null;
    }
    int port = peer instanceof Workload inside ? inside.port() : 443;
    double perMinute = 2 + s.dice().below(5);
    Event event = s.event(s.key(actor), s.key(actor), s.key(peer), "new-peer");
    Call call = new Call(actor, peer, port, false, perMinute, Curve.STEADY);
    List<Workload> players =
        peer instanceof Workload inside ? List.of(actor, inside) : List.of(actor);
    Plot plot = Plot.of(event, players, (scene, lookups) -> new Contact(scene, lookups, call));
    return rollout ? plot.rolling(actor) : plot;
  }

  private static Plot newServerPort(Stage s) {
    Call usual = s.edge(call -> true);
    if (usual == null) {
      return null;
    }
    int[] ports = {1337, 4444, 5555, 6666, 8888, 31337};
    Workload client = (Workload) usual.client();
    Workload server = (Workload) usual.server();
    Event event = s.event(s.key(server), s.key(client), s.key(server), "port-use");
    Call call =
        new Call(client, server, ports[s.dice().below(ports.length)], false, 4, Curve.STEADY);
    return Plot.of(
        event, List.of(client, server), (scene, lookups) -> new Contact(scene, lookups, call));
  }

  private static Plot reverseShell(Stage s) {
    Workload actor = s.actor();
    if (actor == null) {
      return null;
    }
    Address home = s.address();
    int[] ports = {4444, 9001, 1234, 53, 8443};
    int port = ports[s.dice().below(ports.length)];
    Event event = s.event(s.key(actor), s.key(actor), s.key(home), "port-use", "new-peer");
    return Plot.of(event, List.of(actor), (scene, lookups) -> new Shell(scene, actor, home, port));
  }
}
