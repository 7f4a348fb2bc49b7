package io.tidemark.fleet;

/** A behaviour with its own dice and its own place in the order of things. */
final class Talker implements Comparable<Talker> {
  private final int order;
  private final long seed;
  private final Behaviour behaviour;
  private final Wire wire;
  private long nextAct;
  private long due;

  /**
   * @param order decides who comes first at the same nanosecond, unique
   * @param name unique name, from which its dice and uuids follow
   */
  Talker(
      int order, FleetSpec spec, String name, Behaviour behaviour, long firstAct, Ledger ledger) {
    this.order = order;
    this.seed = Dice.hash(spec.seed(), "talker " + name);
    this.behaviour = behaviour;
    this.wire = new Wire(new Dice(seed), spec.datapath(), ledger, seed);
    this.nextAct = firstAct;
    this.due = firstAct;
  }

  long seed() {
    return seed;
  }

  /** When it next wants to act or be heard, nanoseconds since the epoch. */
  long due() {
    return due;
  }

  /** Acts, or says what is due: a sighting, or {@code null} if it only acted. */
  Sighting step() {
    Sighting said = null;
    if (wire.due() < nextAct) {
      said = wire.take();
    } else {
      nextAct = behaviour.act(nextAct, wire);
    }
    due = Math.min(nextAct, wire.due());
    return said;
  }

  @Override
  public int compareTo(Talker other) {
    int byTime = Long.compare(due, other.due);
    return byTime != 0 ? byTime : Integer.compare(order, other.order);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return order;
  }
}
