package io.tidemark.flow;

/**
 * Ends the parsing of one record; never leaves this package. Cheap to throw: without stack trace,
 * because a flood of bad records is an ordinary event.
 */
final class Rejection extends Exception {

  /** Longest part of a value that is shown. */
  private static final int MAX_VALUE = 80;

  private final BadReason reason;
  private final String place;
  private final String problem;

  private Rejection(BadReason reason, String place, String problem) {
    super(place + ": " + problem, null, false, false);
    this.reason = reason;
    this.place = place;
    this.problem = problem;
  }

  static Rejection field(String field, String problem) {
    return new Rejection(BadReason.FIELD, field, problem);
  }

  static Rejection field(String field, String problem, String value) {
    return field(field, problem + ": " + Printable.bounded(value, MAX_VALUE));
  }

  static Rejection time(String field, String value) {
    return new Rejection(
        BadReason.TIME, field, "not a time: " + Printable.bounded(value, MAX_VALUE));
  }

  static Rejection noTime() {
    return new Rejection(BadReason.TIME, "time", "none in the record, its envelope or its topic");
  }

  static Rejection syntax(String place, String problem) {
    return new Rejection(BadReason.SYNTAX, place, problem);
  }

  static Rejection tooLarge(String place, String problem) {
    return new Rejection(BadReason.TOO_LARGE, place, problem);
  }

  static Rejection unrecognised(String problem) {
    return new Rejection(BadReason.UNRECOGNISED, "record", problem);
  }

  /** The same with the name of the enclosing object before the place. */
  Rejection in(String parent) {
    return new Rejection(reason, parent + "." + place, problem);
  }

  Parsed.Bad toBad() {
    return new Parsed.Bad(reason, Printable.bounded(getMessage(), Printable.MAX_DETAIL));
  }
}
