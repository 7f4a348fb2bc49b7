package io.tidemark.fleet;

/**
 * Certificates are renewed: the manager talks to the authority, whose validators fetch the proof
 * over port 80 from several places at once.
 */
final class Renewal implements Behaviour {
  private static final int PROOFS = 5;
  private static final int TALKS = 14;

  private final Scene scene;
  private final Lookups lookups;
  private int step;

  Renewal(Scene scene, Lookups lookups) {
    this.scene = scene;
    this.lookups = lookups;
  }

  @Override
  public long act(long now, Wire wire) {
    Dice dice = wire.dice();
    Fleet fleet = scene.fleet();
    if (step % 3 == 2 && step / 3 < PROOFS) {
      Side ingress = scene.pick(fleet.workload("ingress/ingress-nginx-controller"), dice);
      if (ingress != null) {
        wire.connection(now, scene.pick(Realm.WORLD, dice), ingress, 80);
      }
    } else {
      Workload manager = fleet.workload("cert-manager/cert-manager");
      Domain authority = Domain.of(fleet.spec().seed(), "acme-v02.api.letsencrypt.org");
      Call call = new Call(manager, authority, 443, false, 1, Curve.STEADY);
      Side from = scene.pick(manager, dice);
      if (from != null) {
        Calling.connect(scene, lookups, now, wire, from, call, step == 0 ? 1 : 0.2);
      }
    }
    return ++step < TALKS ? now + 1_000_000_000L + dice.below(900_000_000) : NEVER;
  }
}
