package io.tidemark.fleet;

import java.util.Optional;

/** What the culprit of an incident does, until it ends. */
record Misbehaviour(long endNanos, Behaviour habit) implements Behaviour {

  /** The additional traffic of an incident; silence has none. */
  static Optional<Behaviour> of(Incident incident, Scene scene, Lookups lookups) {
    Fleet fleet = scene.fleet();
    Workload culprit = incident.workload();
    Behaviour habit =
        switch (incident.kind()) {
          case PORT_SCAN -> new PortScan(scene, incident);
          case HOST_SWEEP -> new HostSweep(scene, incident);
          case NEW_PEER -> contact(scene, lookups, incident, culprit, incident.peer());
          case PORT_USE -> contact(scene, lookups, incident, incident.peer(), culprit);
          case VOLUME_SPIKE -> {
            Call edge = Incident.edge(fleet, culprit, incident.peer());
            yield new Calling(scene, lookups, edge, edge.perMinute() * (incident.amount() - 1));
          }
          case DNS_TUNNEL -> new DnsTunnel(scene, lookups, incident);
          case DNS_DGA -> new DnsDga(scene, lookups, incident);
          case SILENCE -> null;
        };
    return Optional.ofNullable(habit)
        .map(behaviour -> new Misbehaviour(incident.end() * 1_000_000L, behaviour));
  }

  private static Behaviour contact(
      Scene scene, Lookups lookups, Incident incident, Party client, Party server) {
    Call call = new Call(client, server, incident.port(), false, incident.amount(), Curve.STEADY);
    return new Contact(scene, lookups, call);
  }

  @Override
  public long act(long now, Wire wire) {
    if (now >= endNanos) {
      return NEVER;
    }
    long next = habit.act(now, wire);
    return next < endNanos ? next : NEVER;
  }
}
