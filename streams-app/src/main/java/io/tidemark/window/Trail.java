package io.tidemark.window;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where records lie: a range of each input, of which the smallest few inputs are kept. */
final class Trail {

  private final int capacity;
  private final List<Coordinates> ranges = new ArrayList<>(1);
  // The records of one input that are not among the ranges yet.
  private Fold.Place place;
  private long first;
  private long last;

  Trail(int capacity) {
    this.capacity = capacity;
  }

  /** A record lies there. Most follow another of the same input: a range that grows in place. */
  @SuppressWarnings("ReferenceEquality") // A place that is only equal begins a range of its own.
  void add(Fold.Place input, long offset) {
    if (place != input) {
      settle();
      place = input;
      first = offset;
      last = offset;
    }
    first = Math.min(first, offset);
    last = Math.max(last, offset);
  }

  void add(Coordinates at) {
    for (int i = 0; i < ranges.size(); i++) {
      if (ranges.get(i).sameInput(at)) {
        ranges.set(i, ranges.get(i).join(at));
        return;
      }
    }
    // Of more inputs the smallest stay, whichever came first.
    ranges.add(at);
    Collections.sort(ranges);
    if (ranges.size() > capacity) {
      ranges.remove(capacity);
    }
  }

  /** Takes ranges as they are: what another trail had. */
  void restore(List<Coordinates> coordinates) {
    ranges.addAll(coordinates);
  }

  /** In their order; not to be changed. */
  List<Coordinates> ranges() {
    settle();
    return Collections.unmodifiableList(ranges);
  }

  private void settle() {
    if (place != null) {
      Coordinates seen = new Coordinates(place.input(), place.partition(), first, last);
      place = null;
      add(seen);
    }
  }
}
