package io.tidemark.fleet;

import java.util.List;

/**
 * One pod tries the same port all over the cluster: pods of workload after workload, and addresses
 * of the pod network that nobody has.
 */
final class HostSweep implements Behaviour {
  private static final double POD = 0.65;
  private static final double DENIED = 0.4;
  private static final double UNANSWERED = 0.4;

  /** The upper slots of a node's range, which a fleet of ordinary density leaves free. */
  private static final int FREE_SLOTS = 190;

  private final Scene scene;
  private final Incident incident;
  private final Culprit culprit;
  private final long pause;
  private int tried;
  private int nextWorkload;

  HostSweep(Scene scene, Incident incident) {
    this.scene = scene;
    this.incident = incident;
    this.culprit = new Culprit(scene, incident.workload());
    this.pause = Math.max(1, (long) (incident.duration() * 1e6 / Math.max(1, incident.amount())));
  }

  @Override
  public long act(long now, Wire wire) {
    Pod from = culprit.pod(wire.dice());
    if (from != null) {
      Pod target = wire.dice().chance(POD) ? target(wire.dice()) : null;
      if (target == null) {
        wire.unanswered(now, from, nobody(wire.dice()), incident.port());
      } else {
        attempt(now, wire, from, target);
      }
    }
    tried++;
    return tried < incident.amount() ? now + pause : NEVER;
  }

  private void attempt(long now, Wire wire, Pod from, Pod to) {
    double fate = wire.dice().unit();
    if (to.workload().port() == incident.port()) {
      wire.connection(now, from, to, incident.port());
    } else if (fate < DENIED) {
      wire.deniedAtClient(now, from, to, incident.port());
    } else if (fate < DENIED + UNANSWERED) {
      wire.unanswered(now, from, to, incident.port());
    } else {
      wire.refused(now, from, to, incident.port());
    }
  }

  private Pod target(Dice dice) {
    List<Workload> workloads = scene.fleet().workloads();
    Workload next = workloads.get(nextWorkload++ % workloads.size());
    return next.equals(incident.workload()) ? null : scene.population().any(next, dice);
  }

  private Outside nobody(Dice dice) {
    List<Node> nodes = scene.fleet().nodes();
    Node node = nodes.get(dice.below(nodes.size()));
    return Outside.world(node.podAddress(FREE_SLOTS + dice.below(60)), null);
  }
}
