package io.tidemark.fleet;

/** A call whose connections are short: opened at random moments by random pods of the client. */
final class Calling implements Behaviour {
  /** Applications keep what they resolved; how often a new connection needs a look-up. */
  private static final double LOOKUP_INSIDE = 0.03;

  private static final double LOOKUP_OUTSIDE = 0.25;
  private static final int DNS = 53;
  private static final int TRIES = 3;

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
    once(now, wire);
    return now + scene.wait(now, perMinute, call.curve(), wire.dice());
  }

  /** One connection. */
  void once(long now, Wire wire) {
    double lookup = call.server() instanceof Domain ? LOOKUP_OUTSIDE : LOOKUP_INSIDE;
    Side client = scene.pick(call.client(), wire.dice());
    if (client != null) {
      connect(scene, lookups, now, wire, client, call, lookup);
    }
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
    if (scene.life().down(call.server(), time / 1_000_000L)) {
      retry(time, wire, client, server, call.port());
    } else if (call.port() == DNS) {
      wire.datagram(time, client, server, call.port());
    } else if (scene.fleet().everyday()
        && server instanceof Pod pod
        && Web.serves(pod.workload())
        && call.port() == pod.workload().port()) {
      Http http =
          scene
              .web()
              .exchange(call.client(), pod.workload(), call.port(), time / 1_000_000L, wire.dice());
      wire.request(time, client, pod, call.port(), http);
    } else {
      wire.connection(time, client, server, call.port());
    }
  }

  /** A server that is down: a few more tries, then the caller gives up. */
  private static void retry(long time, Wire wire, Side client, Side server, int port) {
    for (int i = 0; i < TRIES; i++) {
      long at = time + i * 1_000_000_000L;
      if (server instanceof Pod) {
        wire.refused(at, client, server, port);
      } else {
        wire.unanswered(at, client, server, port);
      }
    }
  }
}
