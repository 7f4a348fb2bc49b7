package io.tidemark.fleet;

/** Calls that policy drops, again and again. */
final class Denied implements Behaviour {
  private final Scene scene;
  private final Workload client;
  private final Workload server;
  private final long pauseNanos;
  private final boolean atServer;

  /**
   * @param atServer whether the server's policy drops them, else the client's
   */
  Denied(Scene scene, Workload client, Workload server, double perMinute, boolean atServer) {
    this.scene = scene;
    this.client = client;
    this.server = server;
    this.pauseNanos = (long) (60e9 / perMinute);
    this.atServer = atServer;
  }

  @Override
  public long act(long now, Wire wire) {
    Dice dice = wire.dice();
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
