package io.tidemark.load;

import io.tidemark.flow.Source;

/** The topics that are read. */
enum Feed {
  /** Hubble's JSON lines of a made-up fleet. */
  HUBBLE("hubble"),
  /** VPC flow log lines of the same fleet. */
  VPC_FLOW("vpc-flow"),
  /** The facts that Tidemark folded of the Hubble lines: what a replay reads. */
  ACTIVITY("activity");

  private final String id;

  Feed(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  /**
   * The source whose lines it holds.
   *
   * @throws IllegalStateException for facts
   */
  Source source() {
    return switch (this) {
      case HUBBLE -> Source.HUBBLE;
      case VPC_FLOW -> Source.VPC_FLOW;
      case ACTIVITY -> throw new IllegalStateException("facts are no lines of a source");
    };
  }
}
