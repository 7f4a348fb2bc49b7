package io.tidemark.fleet;

/**
 * Connections at a rate of their own, whatever the fleet's intensity, the name looked up at first.
 */
final class Contact implements Behaviour {
  private static final double LATER_LOOKUPS = 0.1;

  private final Scene scene;
  private final Lookups lookups;
  private final Call call;
  private boolean known;

  Contact(Scene scene, Lookups lookups, Call call) {
    this.scene = scene;
    this.lookups = lookups;
    this.call = call;
  }

  @Override
  public long act(long now, Wire wire) {
    Side client = scene.pick(call.client(), wire.dice());
    if (client != null) {
      double lookup = known ? LATER_LOOKUPS : 1;
      Calling.connect(scene, lookups, now, wire, client, call, lookup);
      known = true;
    }
    return now + 1 + (long) wire.dice().exponential(60e9 / call.perMinute());
  }
}
