package io.tidemark.load.growth;

import java.util.Locale;

/** What someone does who wants state to grow: one new thing with every line. */
enum Attack {
  /** Nothing: the traffic that the others are held against. */
  CALM("nobody attacks"),
  /** One pod tries an address inside the fleet that nobody tried before. */
  SCANNER("one pod tries ever new addresses inside the fleet"),
  /** One pod asks for a domain that does not exist. */
  NAMES("one pod asks for ever new domains that do not exist"),
  /** A pod that nobody has seen before, of a controller of its own, calls one of ten workloads. */
  PODS("ever new pods, each of a controller of its own, call ten workloads");

  /** Of an attacked stream, every so manieth line is the attacker's. */
  static final int EVERY = 2;

  private final String meaning;

  Attack(String meaning) {
    this.meaning = meaning;
  }

  String meaning() {
    return meaning;
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
