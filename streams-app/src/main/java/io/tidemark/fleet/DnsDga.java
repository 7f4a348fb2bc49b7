package io.tidemark.fleet;

/** Bursts of look-ups of made-up domains in search of the one that its master registered. */
final class DnsDga implements Behaviour {
  private static final long BETWEEN_BURSTS = 120_000_000_000L;
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
  private static final String[] ENDS = {".com.", ".net.", ".info.", ".org.", ".biz."};

  private final Lookups lookups;
  private final Culprit culprit;
  private final int perBurst;
  private final boolean words;
  private int inBurst;

  DnsDga(Scene scene, Lookups lookups, Incident incident) {
    this(scene, lookups, incident, false);
  }

  /**
   * @param words whether the names are two words each, as families make them that hide from models
   *     of spelling
   */
  DnsDga(Scene scene, Lookups lookups, Incident incident, boolean words) {
    this.words = words;
    this.lookups = lookups;
    this.culprit = new Culprit(scene, incident.workload());
    this.perBurst = (int) incident.amount();
  }

  @Override
  public long act(long now, Wire wire) {
    Dice dice = wire.dice();
    Pod from = culprit.pod(dice);
    if (from != null) {
      String stem =
          words ? Words.any(dice) + Words.any(dice) : dice.word(dice.between(11, 20), LETTERS);
      String name = stem + ENDS[dice.below(ENDS.length)];
      lookups.ask(now, wire, from, Dns.missing(name, "A"));
    }
    inBurst++;
    if (inBurst >= perBurst) {
      inBurst = 0;
      return now + BETWEEN_BURSTS;
    }
    return now + 50_000_000L + dice.below(350_000_000);
  }
}
