package io.tidemark.fleet;

/** A call that grows by the same share every day: the frog in the pot. */
final class Ramp implements Behaviour {
  private static final double DAY = 86_400e9;

  private final Scene scene;
  private final Calling calling;
  private final Call call;
  private final long start;
  private final double daily;
  private final double most;

  /**
   * @param daily growth a day, such as 1.05
   * @param days how long it grows
   */
  Ramp(Scene scene, Lookups lookups, Call call, long start, double daily, double days) {
    this.scene = scene;
    this.call = call;
    this.start = start;
    this.daily = daily;
    this.most = StrictMath.pow(daily, days) - 1;
    this.calling = new Calling(scene, lookups, call);
  }

  @Override
  public long act(long now, Wire wire) {
    double grown = StrictMath.pow(daily, (now - start) / DAY) - 1;
    if (wire.dice().chance(grown / most)) {
      calling.once(now, wire);
    }
    return now + scene.wait(now, call.perMinute() * most, call.curve(), wire.dice());
  }
}
