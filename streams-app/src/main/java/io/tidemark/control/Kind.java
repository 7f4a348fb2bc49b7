package io.tidemark.control;

import java.util.Locale;
import java.util.Optional;

/** What a statement asks for. */
public enum Kind {
  /** Publish no alerts that match. */
  SUPPRESS,
  /** An alert was right or wrong; changes nothing but what people know of it. */
  FEEDBACK,
  /** Both {@link #SUPPRESS} and {@link #FREEZE}. */
  MAINTENANCE,
  /** Judge, but do not learn. */
  FREEZE,
  /** Drop what was learned, once, and learn anew. */
  FORGET,
  /** Takes back what was said before under the same id. */
  REVOKE,
  /** Came with a later version; holds for nothing, but takes over from what was said before. */
  UNKNOWN;

  /** Lower-case form used in every written form. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of that {@link #id()}. */
  public static Optional<Kind> of(String id) {
    for (Kind kind : values()) {
      if (kind.id().equals(id)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  boolean hides() {
    return this == SUPPRESS || this == MAINTENANCE;
  }

  boolean freezes() {
    return this == FREEZE || this == MAINTENANCE;
  }
}
