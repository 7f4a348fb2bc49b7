package io.tidemark.fleet;

/** Calls to the one of two installations that is in use; the other is probed only. */
final class BlueGreen implements Behaviour {
  private final Scene scene;
  private final Calling blue;
  private final Calling green;

  BlueGreen(Scene scene, Lookups lookups, Call blue, Call green) {
    this.scene = scene;
    this.blue = new Calling(scene, lookups, blue);
    this.green = new Calling(scene, lookups, green);
  }

  @Override
  public long act(long now, Wire wire) {
    return (scene.life().green(now / 1_000_000L) ? green : blue).act(now, wire);
  }
}
