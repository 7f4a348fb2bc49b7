package io.tidemark.explain;

import io.tidemark.detect.Normal;

/** What is normal, for a terminal. */
final class NormalText {

  private NormalText() {}

  static void write(Page page, String detector, Normal normal) {
    if (normal.sentence().isEmpty()) {
      page.line(detector + ": nothing learned yet.");
      return;
    }
    page.line(detector + ": " + normal.sentence());
    for (Normal.Value value : normal.values()) {
      page.item(value.name() + ": " + figure(value));
    }
    page.line(
        "  learned since "
            + Words.time(normal.since())
            + ", moved last at "
            + Words.time(normal.moved()));
  }

  private static String figure(Normal.Value value) {
    if (!Double.isNaN(value.amount())) {
      return Words.number(value.amount()) + " " + value.unit();
    }
    return "usually "
        + Words.number(value.p50())
        + ", "
        + Words.number(value.p05())
        + " to "
        + Words.number(value.p95())
        + " nine times in ten ("
        + value.unit()
        + ", "
        + Words.count(value.samples(), "sample")
        + ")";
  }
}
