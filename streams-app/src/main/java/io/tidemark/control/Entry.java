package io.tidemark.control;

/**
 * A statement and what became of it.
 *
 * @param statement as it was written
 * @param next what was said under the same id afterwards, {@code null} if nothing
 */
public record Entry(Statement statement, Statement next) {

  /** Where a statement stands at some time. */
  public enum Standing {
    /** It will hold from a later time on. */
    COMING,
    HOLDS,
    EXPIRED,
    /** Another statement has its id. */
    REPLACED,
    REVOKED
  }

  /** End of the time that it holds for, exclusive. */
  public long ends() {
    return next == null ? statement.until() : Math.min(statement.until(), next.written());
  }

  /** Whether it holds for the window of that start. */
  public boolean holds(long windowStart) {
    return windowStart >= statement.begins() && windowStart < ends();
  }

  public Standing standing(long time) {
    if (time >= statement.until()) {
      return Standing.EXPIRED;
    }
    if (next != null && time >= next.written()) {
      return next.kind() == Kind.REVOKE ? Standing.REVOKED : Standing.REPLACED;
    }
    return time < statement.begins() ? Standing.COMING : Standing.HOLDS;
  }
}
