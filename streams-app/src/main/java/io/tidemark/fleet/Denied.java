package io.tidemark.fleet;

import java.util.List;

/** Calls that policy drops, again and again, of one server after the other. */
final class Denied implements Behaviour {
  private final Scene scene;
  private final Workload client;
  private final List<Workload> servers;
  private final long pauseNanos;
  private final boolean atServer;
  private int next;

  /**
   * @param atServer whether the server's policy drops them, else the client's
   */
  Denied(Scene scene, Workload client, List<Workload> servers, double perMinute, boolean atServer) {
    this.scene = scene;
    this.client = client;
    this.servers = List.copyOf(servers);
    this.pauseNanos = (long) (60e9 / perMinute);
    this.atServer = atServer;
  }

  @Override
  public long act(long now, Wire wire) {
    Dice dice = wire.dice();
    Workload server = servers.get(next);
    next = (next + 1) % servers.size();
    if (scene.pick(client, dice) instanceof Pod from
        && scene.pick(server, dice) instanceof Pod to) {
      if (atServer) {
        wire.deniedAtServer(now, from, to, server.port());
      } else {
        wire.deniedAtClient(now, from, to, server.port());
      }
    }
    return now + (long) (pauseNanos * (0.5 + dice.unit()));
  }
}
