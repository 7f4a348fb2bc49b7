package io.tidemark.fleet;

/** Calls to content networks and clouds, whose host names carry hashes and are new every day. */
final class CloudNames implements Behaviour {
  private static final long DAY = 86_400_000L;
  private static final int A_DAY = 6;
  private static final double PER_MINUTE = 0.12;
  private static final double LOOKUP = 0.3;
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";

  private final Scene scene;
  private final Lookups lookups;
  private final Workload client;

  CloudNames(Scene scene, Lookups lookups, Workload client) {
    this.scene = scene;
    this.lookups = lookups;
    this.client = client;
  }

  @Override
  public long act(long now, Wire wire) {
    Dice dice = wire.dice();
    Side from = scene.pick(client, dice);
    if (from != null) {
      Domain domain = domain(Math.floorDiv(now / 1_000_000L, DAY), dice.below(A_DAY));
      Call call = new Call(client, domain, 443, false, PER_MINUTE, Curve.USERS);
      Calling.connect(scene, lookups, now, wire, from, call, LOOKUP);
    }
    return now + scene.wait(now, PER_MINUTE, Curve.USERS, dice);
  }

  private Domain domain(long day, int which) {
    long seed = scene.fleet().spec().seed();
    Dice dice = Dice.of(seed, client.title() + " on day " + day + " calls " + which);
    String name =
        switch (which) {
          case 0 -> "d" + dice.word(13, LOWER) + ".cloudfront.net";
          case 1 -> "media-" + Names.hex(16, dice) + ".s3.eu-west-1.amazonaws.com";
          case 2 -> "e" + dice.between(1_000, 99_999) + ".dsca.akamaiedge.net";
          case 3 -> dice.word(10, LOWER) + ".execute-api.eu-west-1.amazonaws.com";
          case 4 -> "r" + dice.between(1, 9) + "---sn-" + dice.word(8, LOWER) + ".googlevideo.com";
          default -> "cache-" + Names.hex(8, dice) + ".azureedge.net";
        };
    return Domain.of(seed, name);
  }
}
