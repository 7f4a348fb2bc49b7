package io.tidemark.publish;

import java.util.Locale;

/** What becomes of an alert. Decided when it opens, and kept until it is resolved. */
public enum Outcome {
  PUBLISHED("published"),
  /** One alert of the cluster stands for it and many others. */
  MASS_EVENT("part of a mass event"),
  /** Its detector is over budget in its namespace. */
  OVER_BUDGET("its detector is over budget in its namespace"),
  /** A new version of a neighbour calls, which the event of its rollout tells. */
  ROLLOUT("its caller, of the same namespace, runs a new version");

  private final String text;

  Outcome(String text) {
    this.text = text;
  }

  /** Lower-case form used in every written form. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** For people. */
  public String text() {
    return text;
  }
}
