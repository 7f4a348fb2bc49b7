package io.tidemark.load.fault;

/** A moment in the work of a Kafka Streams client at which it may be killed. */
enum Phase {
  FORWARD("before a record is sent on", 40),
  FORWARDED("when a record was sent on and acknowledged", 40),
  PUT("when a store holds a value that its changelog does not", 40),
  LOGGED("when the changelog has it, the transaction being open", 40),
  BEFORE_COMMIT("before the offsets are put into the transaction", 4),
  IN_COMMIT("between the offsets and the commit", 4),
  COMMITTING("while the commit is asked for, within 5 ms", 4),
  COMMITTED("when Kafka has committed, and the service does not know it", 4),
  RESTORE("while state is restored", 1),
  REVOKED("in a rebalance, when partitions are to be given up", 1),
  ASSIGNED("in a rebalance, when partitions were assigned", 1),
  PUNCTUATE("in a punctuator", 1);

  private final String words;
  private final int latest;

  Phase(String words, int latest) {
    this.words = words;
    this.latest = latest;
  }

  /** When that is. */
  String words() {
    return words;
  }

  /** A process that lives for some seconds comes there at least so many times. */
  int latest() {
    return latest;
  }
}
