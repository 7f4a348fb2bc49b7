package io.tidemark.fleet;

/** Data smuggled out in the labels of names under one domain, answered by TXT and A records. */
final class DnsTunnel implements Behaviour {
  /**
   * How the data is written.
   *
   * @param alphabet of the labels
   * @param least shortest first label, in characters
   * @param most longest first label, exclusive, at most 64
   * @param second whether a second label of payload follows
   * @param text share of TXT queries; the others are for A records
   */
  record Writing(String alphabet, int least, int most, boolean second, double text) {}

  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final String HEX = "0123456789abcdef";
  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  static final Writing IN_BASE32 = new Writing(BASE32, 38, 60, true, 0.6);
  static final Writing IN_HEX = new Writing(HEX, 44, 63, true, 0);
  static final Writing IN_BASE64 = new Writing(BASE64, 30, 56, true, 0);

  /** Short questions, long answers: data comes in. */
  static final Writing BY_ANSWERS = new Writing(BASE32, 12, 18, false, 1);

  /** One short label, as tools that hide write it. */
  static final Writing SHORT = new Writing(BASE32, 22, 34, false, 0.1);

  private final Lookups lookups;
  private final Culprit culprit;
  private final String domain;
  private final double pauseNanos;
  private final Writing writing;

  DnsTunnel(Scene scene, Lookups lookups, Incident incident) {
    this(scene, lookups, incident, IN_BASE32);
  }

  DnsTunnel(Scene scene, Lookups lookups, Incident incident, Writing writing) {
    this.writing = writing;
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
      String alphabet = writing.alphabet();
      String payload = dice.word(dice.between(writing.least(), writing.most()), alphabet);
      String more = writing.second() ? "." + dice.word(dice.between(12, 28), alphabet) : "";
      String query = payload + more + domain;
      boolean text = dice.chance(writing.text());
      String answer = text ? dice.word(64, BASE32) : Names.publicAddress(dice);
      lookups.ask(now, wire, from, Dns.found(query, text ? "TXT" : "A", answer));
    }
    return now + 1 + (long) dice.exponential(pauseNanos);
  }
}
