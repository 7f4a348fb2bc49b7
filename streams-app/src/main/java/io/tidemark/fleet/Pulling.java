package io.tidemark.fleet;

import java.util.List;

/**
 * Nodes fetch the images of the pods that started on them, most of which they have already. It is
 * the nodes' own traffic: only the network's logs show it.
 */
final class Pulling implements Behaviour {
  private static final long EVERY = 20_000_000_000L;
  private static final double MISSING = 0.4;

  private final Scene scene;
  private final Domain registry;

  Pulling(Scene scene) {
    this.scene = scene;
    this.registry =
        Domain.of(scene.fleet().spec().seed(), "210987654321.dkr.ecr.eu-west-1.amazonaws.com");
  }

  @Override
  public long act(long now, Wire wire) {
    List<Pod> started = scene.population().takeStarted();
    for (Pod pod : started) {
      if (wire.dice().chance(MISSING)) {
        long bytes = 8_000_000 + (long) wire.dice().exponential(60e6);
        Side host = scene.host(pod.home());
        Side to = scene.pick(registry, wire.dice());
        wire.unseen(now, now + 4_000_000_000L, host, to, 443, 6_000, bytes);
      }
    }
    return now + EVERY;
  }
}
