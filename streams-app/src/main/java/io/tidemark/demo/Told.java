package io.tidemark.demo;

import io.tidemark.alert.Alert;

/**
 * An alert as it was first told and as it stands.
 *
 * @param first as opened
 * @param last the newest state, with the same id
 */
record Told(Alert first, Alert last) {

  /** End of the window that opened it: the earliest event time at which anyone could know. */
  long since() {
    return first.windowEnd();
  }
}
