package io.tidemark.fleet;

/** A shell that calls home: one connection outward that stays, with keystrokes and their echo. */
final class Shell implements Behaviour {
  private final Scene scene;
  private final Culprit culprit;
  private final Party home;
  private final int port;
  private Pod caller;
  private Side called;
  private int from;

  Shell(Scene scene, Workload from, Party home, int port) {
    this.scene = scene;
    this.culprit = new Culprit(scene, from);
    this.home = home;
    this.port = port;
  }

  @Override
  public long act(long now, Wire wire) {
    Dice dice = wire.dice();
    Pod pod = culprit.pod(dice);
    if (pod != null && pod != caller) {
      caller = pod;
      called = scene.pick(home, dice);
      from = wire.establish(now, caller, called, port);
    } else if (pod != null) {
      long up = dice.between(200, 6_000);
      wire.bulk(now, now, caller, called, from, port, up, dice.between(40, 200));
    }
    return now + 1 + (long) dice.exponential(8e9);
  }
}
