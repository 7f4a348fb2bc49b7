package io.tidemark.control;

import java.time.Instant;
import java.util.Objects;

/**
 * One thing that an operator said. It holds for the windows that start at or after both {@link
 * #from} and {@link #written}, and before {@link #until}; see {@link Book} for what was said under
 * the same id before. Times are event time in milliseconds since the epoch.
 *
 * @param id under which it can be replaced or taken back; 1 to {@value #LONGEST} characters
 * @param kind what is asked for
 * @param selection what it is about
 * @param verdict for {@link Kind#FEEDBACK}, what the alert turned out to be, else empty
 * @param from inclusive; {@link #ALWAYS} for as soon as it is written
 * @param until exclusive; {@link #FOR_EVER} for until taken back
 * @param reason why, for those who come across it later; may be empty
 * @param author who says so; may be empty
 * @param written when it was written; {@link #ALWAYS} for before all data
 */
public record Statement(
    String id,
    Kind kind,
    Selection selection,
    String verdict,
    long from,
    long until,
    String reason,
    String author,
    long written) {

  public static final long ALWAYS = Long.MIN_VALUE;
  public static final long FOR_EVER = Long.MAX_VALUE;

  /** Verdict of feedback that an alert was right. */
  public static final String TRUE = "true";

  /** Verdict of feedback that an alert was wrong. */
  public static final String FALSE_ALARM = "false-alarm";

  /** Most characters of any text. */
  public static final int LONGEST = 500;

  public Statement {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(selection);
    Objects.requireNonNull(id);
    if (id.isBlank()) {
      throw new IllegalArgumentException("id must not be empty");
    }
    bounded("id", id);
    bounded("verdict", Objects.requireNonNull(verdict));
    bounded("reason", Objects.requireNonNull(reason));
    bounded("author", Objects.requireNonNull(author));
    if (until <= from) {
      throw new IllegalArgumentException(
          "until must be after from "
              + Instant.ofEpochMilli(from)
              + ": "
              + Instant.ofEpochMilli(until));
    }
  }

  /** What takes back everything that was said under an id before. */
  public static Statement revoke(String id, String author, String reason, long written) {
    return new Statement(
        id, Kind.REVOKE, Selection.ALL, "", ALWAYS, FOR_EVER, reason, author, written);
  }

  /** The same, written at another time. */
  public Statement writtenAt(long time) {
    return new Statement(id, kind, selection, verdict, from, until, reason, author, time);
  }

  /** Start of the first window that it can hold for. */
  public long begins() {
    return Math.max(from, written);
  }

  static void bounded(String name, String text) {
    if (text != null && text.length() > LONGEST) {
      throw new IllegalArgumentException(
          name + " must be at most " + LONGEST + " characters: " + text.length());
    }
    if (text != null && text.isEmpty() && !name.matches("verdict|reason|author")) {
      throw new IllegalArgumentException(name + " must not be empty");
    }
  }
}
