package io.tidemark.compare;

/** How many alerts each run has. */
public record Count(long old, long now) {

  static final Count NONE = new Count(0, 0);

  Count plus(Count other) {
    return new Count(old + other.old, now + other.now);
  }

  long most() {
    return Math.max(old, now);
  }
}
