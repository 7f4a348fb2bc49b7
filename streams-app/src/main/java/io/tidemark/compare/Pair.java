package io.tidemark.compare;

import io.tidemark.alert.Alert;

/**
 * What both runs tell of one thing; at most one side is {@code null}.
 *
 * @param old of the old run
 * @param now of the new run
 */
record Pair(Alert old, Alert now) {

  boolean startsIn(CompareSettings settings) {
    return (old != null && settings.holds(old.windowStart()))
        || (now != null && settings.holds(now.windowStart()));
  }
}
