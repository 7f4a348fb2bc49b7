package io.tidemark.fleet;

import java.util.List;

/** A monitor that connects to every service of the fleet in turn, new ones too. */
final class Rounds implements Behaviour {
  private static final double PER_MINUTE = 12;

  private final Scene scene;
  private final Workload monitor;
  private int cursor;

  Rounds(Scene scene, Workload monitor) {
    this.scene = scene;
    this.monitor = monitor;
  }

  @Override
  public long act(long now, Wire wire) {
    List<Workload> workloads = scene.fleet().workloads();
    Workload target = workloads.get(cursor++ % workloads.size());
    cursor %= workloads.size();
    if (target.port() > 0 && !target.equals(monitor)) {
      Side from = scene.pick(monitor, wire.dice());
      Side to = scene.pick(target, wire.dice());
      if (from != null && to != null) {
        wire.connection(now, from, to, target.port());
      }
    }
    return now + scene.wait(now, PER_MINUTE, Curve.STEADY, wire.dice());
  }
}
