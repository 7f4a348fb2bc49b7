package io.tidemark.alert;

import java.util.Locale;

/** Where an alert stands in the life of its episode. */
public enum Status {
  /** Fired for the first time. */
  OPEN,
  /** Still going on, and worse or notably longer than when last published. */
  UPDATE,
  /** Quiet for long enough, or closed early to make room. */
  RESOLVED;

  /** Lower-case form used in every written form. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
