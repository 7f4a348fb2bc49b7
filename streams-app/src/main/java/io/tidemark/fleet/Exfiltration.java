package io.tidemark.fleet;

/** Data carried out over connections to one place outside: at once, or a little now and then. */
final class Exfiltration implements Behaviour {
  private final Scene scene;
  private final Lookups lookups;
  private final Culprit culprit;
  private final Party drop;
  private final long bytes;
  private final long pauseNanos;

  /**
   * @param bytes per connection
   * @param pauseNanos from one connection to the next, on average
   */
  Exfiltration(
      Scene scene, Lookups lookups, Workload from, Party drop, long bytes, long pauseNanos) {
    this.scene = scene;
    this.lookups = lookups;
    this.culprit = new Culprit(scene, from);
    this.drop = drop;
    this.bytes = bytes;
    this.pauseNanos = pauseNanos;
  }

  @Override
  public long act(long now, Wire wire) {
    Dice dice = wire.dice();
    Pod from = culprit.pod(dice);
    Side to = scene.pick(drop, dice);
    if (from != null && to != null) {
      long time = lookups.resolve(now, wire, from, drop, to);
      long up = (long) (bytes * (0.7 + 0.6 * dice.unit()));
      wire.transfer(time, from, to, 443, up, up / 400);
    }
    return now + (long) (pauseNanos * (0.5 + dice.unit()));
  }
}
