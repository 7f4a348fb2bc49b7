package io.tidemark.flow;

/** Why a raw record went to the dead letters. Names are public: metric tags and header values. */
public enum BadReason {
  /** Null or empty value where a record was due. */
  EMPTY,
  /** Longer than the limit, deeper nested, or with more elements than allowed. */
  TOO_LARGE,
  /** Not the syntax of its source at all. */
  SYNTAX,
  /**
   * A field holds a value that its type does not allow (a port of 70000, an address of letters).
   */
  FIELD,
  /** No event time, or one that cannot be read. */
  TIME,
  /** Its event time lies too far ahead of the time at which it was recorded. */
  FUTURE,
  /** Bytes that are not the encoding they should be. */
  ENCODING,
  /** No source's format was recognised. */
  UNRECOGNISED;

  /** Lower-case form used in metric tags and headers. */
  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
