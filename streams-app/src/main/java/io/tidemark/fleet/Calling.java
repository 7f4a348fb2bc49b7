package io.tidemark.fleet;

/** A call whose connections are short: opened at random moments by random pods of the client. */
final class Calling implements Behaviour {
  /** Applications keep what they resolved; how often a new connection needs a look-up. */
  private static final double LOOKUP_INSIDE = 0.03;

  private static final double LOOKUP_OUTSIDE = 0.25;
  private static final int DNS = 53;

  private final Scene scene;
  private final Lookups lookups;
  private final Call call;
  private final double perMinute;

  Calling(Scene scene, Lookups lookups, Call call) {
    this(scene, lookups, call, call.perMinute());
  }

  /** The same call at another rate. */
  Calling(Scene scene, Lookups lookups, Call call, double perMinute) {
    this.scene = scene;
    this.lookups = lookups;
    this.call = call;
    this.perMinute = perMinute;
  }

  @Override
  public long act(long now, Wire wire) {
    double lookup = call.server() instanceof Domain ? LOOKUP_OUTSIDE : LOOKUP_INSIDE;
    Side client = scene.pick(call.client(), wire.dice());
    if (client != null) {
      connect(scene, lookups, now, wire, client, call, lookup);
    }
    return now + scene.wait(now, perMinute, call.curve(), wire.dice());
  }

  /** One connection of a call by a client, after a look-up with the given probability. */
  static void connect(
      Scene scene,
      Lookups lookups,
      long now,
      Wire wire,
      Side client,
      Call call,
      double lookupProbability) {
    Side server = scene.pick(call.server(), wire.dice());
    if (server == null || server == client) {
      return;
    }
    long time = now;
    if (client instanceof Pod pod && wire.dice().chance(lookupProbability)) {
      time = lookups.resolve(now, wire, pod, call.server(), server);
    }
    if (call.port() == DNS) {
      wire.datagram(time, client, server, call.port());
    } else {
      wire.connection(time, client, server, call.port());
    }
  }
}
