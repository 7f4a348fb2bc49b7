package io.tidemark.fleet;

import java.util.List;

/** The kubelets' health probes of one workload: a new connection for each, from the pod's node. */
final class Probing implements Behaviour {
  private final Scene scene;
  private final Workload workload;
  private final long periodNanos;
  private int cursor;

  Probing(Scene scene, Workload workload) {
    FleetSpec spec = scene.fleet().spec();
    this.scene = scene;
    this.workload = workload;
    this.periodNanos = (long) (spec.probeSeconds() * 1e9 / spec.intensity());
  }

  @Override
  public long act(long now, Wire wire) {
    List<Pod> pods = scene.population().pods(workload);
    if (!pods.isEmpty()) {
      Pod pod = pods.get(cursor++ % pods.size());
      cursor %= pods.size();
      wire.probe(now, scene.host(pod.home()), pod, workload.probePort());
    }
    return now + Math.max(1, periodNanos / Math.max(1, pods.size()));
  }
}
