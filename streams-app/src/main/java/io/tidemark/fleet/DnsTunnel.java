package io.tidemark.fleet;

/** Data smuggled out in the labels of names under one domain, answered by TXT and A records. */
final class DnsTunnel implements Behaviour {
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

  private final Lookups lookups;
  private final Culprit culprit;
  private final String domain;
  private final double pauseNanos;

  DnsTunnel(Scene scene, Lookups lookups, Incident incident) {
    this.lookups = lookups;
    this.culprit = new Culprit(scene, incident.workload());
    this.domain = "." + incident.name() + ".";
    this.pauseNanos = 1e9 / incident.amount();
  }

  @Override
  public long act(long now, Wire wire) {
    Dice dice = wire.dice();
    Pod from = culprit.pod(dice);
    if (from != null) {
      String payload = dice.word(dice.between(38, 60), BASE32);
      String query = payload + "." + dice.word(dice.between(12, 28), BASE32) + domain;
      boolean text = dice.chance(0.6);
      String answer = text ? dice.word(64, BASE32) : Names.publicAddress(dice);
      lookups.ask(now, wire, from, Dns.found(query, text ? "TXT" : "A", answer));
    }
    return now + 1 + (long) dice.exponential(pauseNanos);
  }
}
