package io.tidemark.fleet;

/** Connections to one server, far more than it ever had: from one client, or from everywhere. */
final class Flood implements Behaviour {
  private final Scene scene;
  private final Party client;
  private final Workload server;
  private final long pauseNanos;

  Flood(Scene scene, Party client, Workload server, double perSecond) {
    this.scene = scene;
    this.client = client;
    this.server = server;
    this.pauseNanos = (long) (1e9 / perSecond);
  }

  @Override
  public long act(long now, Wire wire) {
    Dice dice = wire.dice();
    Side from = scene.pick(client, dice);
    Side to = scene.pick(server, dice);
    if (from != null && to != null) {
      wire.transfer(now, from, to, server.port(), 180, 300);
    }
    return now + 1 + (long) dice.exponential((double) pauseNanos);
  }
}
