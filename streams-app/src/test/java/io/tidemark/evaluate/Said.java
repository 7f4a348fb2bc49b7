package io.tidemark.evaluate;

import io.tidemark.alert.Severity;
import io.tidemark.flow.Workload;
import java.util.List;
import java.util.stream.Stream;

/** The words in which tests speak of events and claims; minutes count from an hour of their own. */
final class Said {

  /** 2026-01-05T12:00:00Z. */
  static final long START = 1_767_614_400_000L;

  static final long MINUTE = 60_000;
  static final long DAY = 1440 * MINUTE;
  static final Rules RULES = new Rules(Rules.TOLERANCE, Severity.LOW, false);

  private Said() {}

  static long at(double minute) {
    return START + Math.round(minute * MINUTE);
  }

  static Event event(String id, double from, double to, String party, String... detectors) {
    return new Event(
        id, "trial", at(from), at(to), List.of(EventParty.of(party)), List.of(detectors));
  }

  /** An alert about {@code shop/cart} with the evidence of nobody. */
  static Claim claim(String id, String detector, double from, double to) {
    return claim(id, detector, "shop/cart", "peer", "203.0.113.9", from, to);
  }

  static Claim claim(
      String id,
      String detector,
      String workload,
      String subjectKind,
      String subject,
      double from,
      double to) {
    return new Claim(
        id,
        detector,
        Severity.HIGH,
        Workload.ofKey("prod/" + workload),
        "Deployment",
        subjectKind,
        subject,
        "",
        at(from),
        at(to),
        at(to),
        "Something <odd>.");
  }

  static Claim with(Claim claim, Severity severity, String peer) {
    return new Claim(
        claim.id(),
        claim.detector(),
        severity,
        claim.workload(),
        claim.kind(),
        claim.subjectKind(),
        claim.subject(),
        peer,
        claim.from(),
        claim.to(),
        claim.told(),
        claim.summary());
  }

  /** Ten workloads, a day each. */
  static Exposure tenDays() {
    Exposure exposure = new Exposure();
    for (int i = 0; i < 10; i++) {
      exposure.active(new Workload("prod", "shop", "w" + i), START, START + DAY);
    }
    return exposure;
  }

  static Evaluation evaluation(List<Event> events, Claim... claims) {
    return Evaluation.of(events, Stream.of(claims).toList(), RULES, tenDays());
  }
}
