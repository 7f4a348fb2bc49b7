package io.tidemark.fleet;

/** The one pod of a workload that misbehaves; another takes over when it is gone. */
final class Culprit {
  private final Population population;
  private final Workload workload;
  private Pod pod;

  Culprit(Scene scene, Workload workload) {
    this.population = scene.population();
    this.workload = workload;
  }

  /** The pod, {@code null} while the workload has none. */
  Pod pod(Dice dice) {
    if (pod == null || !pod.alive()) {
      pod = population.any(workload, dice);
    }
    return pod;
  }
}
