package io.tidemark.fleet;

import java.util.List;

/**
 * An operator looks at a pod: {@code kubectl port-forward} reaches it from its own node, on the
 * port that it serves or on that of its profiler.
 */
final class PortForward implements Behaviour {
  private static final int PROFILER = 6060;
  private static final int CONNECTIONS = 12;

  private final Scene scene;
  private Pod pod;
  private int port;
  private int done;

  PortForward(Scene scene) {
    this.scene = scene;
  }

  @Override
  public long act(long now, Wire wire) {
    Dice dice = wire.dice();
    if (pod == null) {
      List<Workload> workloads = scene.fleet().workloads();
      Workload workload = workloads.get(dice.below(workloads.size()));
      pod = scene.population().any(workload, dice);
      port = workload.port() > 0 && dice.chance(0.8) ? workload.port() : PROFILER;
    }
    if (pod != null && pod.alive()) {
      wire.connection(now, scene.host(pod.home()), pod, port);
    }
    return ++done < CONNECTIONS && pod != null ? now + 1 + (long) dice.exponential(15e9) : NEVER;
  }
}
