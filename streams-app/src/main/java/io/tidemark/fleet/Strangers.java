package io.tidemark.fleet;

/**
 * A workload whose job it is to call sites that others chose: one in two calls goes to a site that
 * it may never have called, the others to a few hundred that come again.
 */
final class Strangers implements Behaviour {
  private static final int KNOWN = 300;
  private static final String[] ENDS = {".com", ".com", ".com", ".net", ".org", ".de", ".co.uk"};

  private final Scene scene;
  private final Lookups lookups;
  private final Workload client;
  private final String name;
  private final double perMinute;

  Strangers(Scene scene, Lookups lookups, Workload client, String name, double perMinute) {
    this.scene = scene;
    this.lookups = lookups;
    this.client = client;
    this.name = name;
    this.perMinute = perMinute;
  }

  @Override
  public long act(long now, Wire wire) {
    Dice dice = wire.dice();
    Side from = scene.pick(client, dice);
    if (from != null) {
      Domain site = site(dice.chance(0.5) ? dice.below(KNOWN) : dice.below(1_000_000));
      // Called by way of a client that is not remembered: sites come and go.
      Side to = Outside.world(site.addresses().get(0), site.name());
      long time = lookups.resolve(now, wire, (Pod) from, site, to);
      wire.connection(time, from, to, 443);
    }
    return now + scene.wait(now, perMinute, Curve.USERS, dice);
  }

  private Domain site(int number) {
    long seed = scene.fleet().spec().seed();
    Dice dice = Dice.of(seed, name + " " + number);
    String stem = Words.any(dice) + Words.any(dice);
    String host = dice.chance(0.5) ? "www." : "";
    return Domain.of(seed, host + stem + ENDS[dice.below(ENDS.length)]);
  }
}
