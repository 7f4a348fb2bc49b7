package io.tidemark.fleet;

/** An implant that reports to its master at a steady pace: little up, less down. */
final class Beacon implements Behaviour {
  private static final double LOOKUP = 0.15;

  private final Scene scene;
  private final Lookups lookups;
  private final Culprit culprit;
  private final Party master;
  private final int port;
  private final long periodNanos;
  private final double jitter;

  /**
   * @param jitter by which share of the period a report comes early or late, 0 to 1
   */
  Beacon(
      Scene scene,
      Lookups lookups,
      Workload from,
      Party master,
      int port,
      long periodNanos,
      double jitter) {
    this.scene = scene;
    this.lookups = lookups;
    this.culprit = new Culprit(scene, from);
    this.master = master;
    this.port = port;
    this.periodNanos = periodNanos;
    this.jitter = jitter;
  }

  @Override
  public long act(long now, Wire wire) {
    Dice dice = wire.dice();
    Pod from = culprit.pod(dice);
    Side to = scene.pick(master, dice);
    if (from != null && to != null) {
      long time = now;
      if (dice.chance(LOOKUP)) {
        time = lookups.resolve(now, wire, from, master, to);
      }
      wire.transfer(time, from, to, port, dice.between(320, 720), dice.between(120, 400));
    }
    return now + (long) (periodNanos * (1 + jitter * (2 * dice.unit() - 1)));
  }
}
