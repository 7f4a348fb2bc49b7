package io.tidemark.fleet;

/**
 * One pod tries port after port of one pod of the target, never the same twice: most are refused,
 * some are lost, some are dropped by policy, the one that is served answers.
 */
final class PortScan implements Behaviour {
  /** Ports come in the order of multiples modulo this prime, so that none repeats. */
  private static final int PRIME = 9_973;

  private static final double REFUSED = 0.55;
  private static final double UNANSWERED = 0.25;

  private final Culprit culprit;
  private final Culprit target;
  private final int ports;
  private final long pause;
  private final double open;
  private int tried;

  PortScan(Scene scene, Incident incident) {
    this(scene, incident, 0);
  }

  /**
   * @param open share of the ports that answer
   */
  PortScan(Scene scene, Incident incident, double open) {
    this.open = open;
    this.culprit = new Culprit(scene, incident.workload());
    this.target = new Culprit(scene, (Workload) incident.peer());
    this.ports = (int) incident.amount();
    this.pause = Math.max(1, incident.duration() * 1_000_000L / Math.max(1, ports));
  }

  @Override
  public long act(long now, Wire wire) {
    Pod from = culprit.pod(wire.dice());
    Pod to = target.pod(wire.dice());
    if (from != null && to != null) {
      attempt(now, wire, from, to, (int) ((tried + 1) * 3_719L % PRIME));
    }
    tried++;
    return tried < ports ? now + pause : NEVER;
  }

  private void attempt(long now, Wire wire, Pod from, Pod to, int port) {
    double fate = wire.dice().unit();
    if (port == to.workload().port() || fate < open) {
      wire.connection(now, from, to, port);
    } else if (fate < open + (1 - open) * REFUSED) {
      wire.refused(now, from, to, port);
    } else if (fate < open + (1 - open) * (REFUSED + UNANSWERED)) {
      wire.unanswered(now, from, to, port);
    } else {
      wire.deniedAtServer(now, from, to, port);
    }
  }
}
