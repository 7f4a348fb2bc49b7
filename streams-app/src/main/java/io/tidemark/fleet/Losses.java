package io.tidemark.fleet;

import java.util.List;

/** Agents that cannot keep up and say so. */
final class Losses implements Behaviour {
  private final List<Node> nodes;

  Losses(List<Node> nodes) {
    this.nodes = nodes;
  }

  @Override
  public long act(long now, Wire wire) {
    for (Node node : nodes) {
      wire.lost(now, node, wire.dice().between(400, 4_000), wire.dice().between(2_000, 5_000));
    }
    return now + 5_000_000_000L;
  }
}
