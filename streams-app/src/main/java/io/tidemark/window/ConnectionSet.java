package io.tidemark.window;

import io.tidemark.stats.Distinct;

/** Distinct connections of an edge; takes no room until there is one, as for most edges. */
final class ConnectionSet {

  private static final long[] NONE = {};

  private Distinct set;

  boolean add(long connection) {
    set = set == null ? new Distinct(Edge.CONNECTIONS_KEPT) : set;
    return set.add(connection);
  }

  void addAll(long[] connections) {
    for (long connection : connections) {
      add(connection);
    }
  }

  void merge(ConnectionSet other) {
    addAll(other.hashes());
  }

  long estimate() {
    return set == null ? 0 : set.estimate();
  }

  /** In ascending unsigned order. */
  long[] hashes() {
    return set == null ? NONE : set.hashes();
  }
}
