package io.tidemark.fleet;

/** One client that asks for what it must not have, or what is not there, again and again. */
final class Guessing implements Behaviour {
  private final Scene scene;
  private final Culprit culprit;
  private final Workload server;
  private final int code;
  private final double perMinute;

  Guessing(Scene scene, Workload client, Workload server, int code, double perMinute) {
    this.scene = scene;
    this.culprit = new Culprit(scene, client);
    this.server = server;
    this.code = code;
    this.perMinute = perMinute;
  }

  @Override
  public long act(long now, Wire wire) {
    Dice dice = wire.dice();
    Pod from = culprit.pod(dice);
    if (from != null && scene.pick(server, dice) instanceof Pod to) {
      long latency = 2_000_000L + dice.below(4_000_000);
      int port = server.port();
      wire.request(now, from, to, port, Web.request(server, port, code, latency, dice));
    }
    return now + 1 + (long) dice.exponential(60e9 / perMinute);
  }
}
