package io.tidemark.control;

/** Vocabulary of tests: statements by id, about some workload, from one time to another. */
public final class Said {

  private Said() {}

  /** Written before all data. */
  public static Statement said(String id, Kind kind, Selection about, long from, long until) {
    return new Statement(id, kind, about, "", from, until, "a test", "me", Statement.ALWAYS);
  }

  public static Selection workload(String pattern) {
    return new Selection(pattern, null, null, null);
  }

  public static Selection detector(String pattern, String detector) {
    return new Selection(pattern, detector, null, null);
  }

  /** A book of these, in this order. */
  public static Book book(Statement... statements) {
    Book book = new Book();
    for (Statement statement : statements) {
      book.add(statement);
    }
    return book;
  }
}
