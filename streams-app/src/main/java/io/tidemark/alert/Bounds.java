package io.tidemark.alert;

import io.tidemark.detect.Signal;
import io.tidemark.detect.Signal.Contribution;
import io.tidemark.detect.Signal.Evidence;
import io.tidemark.detect.Signal.Measure;
import io.tidemark.window.Coordinates;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Limits of what an open alert keeps, so that a workload's open alerts fit into one record of a
 * topic whatever its peers are called. Lengths are in UTF-16 units; what is longer is cut.
 */
final class Bounds {

  static final int TERMS_KEPT = 8;
  static final int COORDINATES_KEPT = 4;
  static final int NAME = 64;
  static final int SUBJECT = 320;
  static final int SUMMARY = 512;
  static final int SENTENCE = 192;
  static final int DETAIL = 128;
  private static final int PROTOCOL = 16;
  private static final int INPUT = 256;

  private Bounds() {}

  static Signal of(Signal signal) {
    return new Signal(
        text(signal.subjectKind(), NAME),
        text(signal.subject(), SUBJECT),
        signal.score(),
        first(TERMS_KEPT, signal.contributions(), Bounds::of),
        first(TERMS_KEPT, signal.measures(), Bounds::of),
        first(Signal.EVIDENCE_KEPT, signal.evidence(), Bounds::of),
        signal.from(),
        signal.to(),
        text(signal.summary(), SUMMARY),
        first(TERMS_KEPT, signal.silencedBy(), sentence -> text(sentence, SENTENCE)),
        signal.technique() == null ? null : text(signal.technique(), NAME));
  }

  static List<Coordinates> of(List<Coordinates> coordinates) {
    List<Coordinates> kept = new ArrayList<>();
    for (Coordinates at : coordinates) {
      join(kept, new Coordinates(text(at.input(), INPUT), at.partition(), at.first(), at.last()));
    }
    return kept.stream().sorted().limit(COORDINATES_KEPT).toList();
  }

  private static void join(List<Coordinates> kept, Coordinates at) {
    for (int i = 0; i < kept.size(); i++) {
      Coordinates have = kept.get(i);
      if (have.partition() == at.partition() && have.input().equals(at.input())) {
        long first = Math.min(have.first(), at.first());
        long last = Math.max(have.last(), at.last());
        kept.set(i, new Coordinates(at.input(), at.partition(), first, last));
        return;
      }
    }
    kept.add(at);
  }

  private static Contribution of(Contribution term) {
    return new Contribution(text(term.name(), NAME), term.points(), text(term.detail(), DETAIL));
  }

  private static Measure of(Measure measure) {
    return new Measure(
        text(measure.name(), NAME),
        text(measure.unit(), NAME),
        measure.observed(),
        measure.p05(),
        measure.p50(),
        measure.p95(),
        measure.samples(),
        measure.learnedSince());
  }

  private static Evidence of(Evidence seen) {
    return new Evidence(
        text(seen.peer(), SUBJECT),
        seen.port(),
        text(seen.protocol(), PROTOCOL),
        text(seen.detail(), DETAIL),
        seen.connections(),
        seen.denied(),
        seen.records(),
        of(seen.coordinates() == null ? List.of() : seen.coordinates()));
  }

  private static String text(String text, int longest) {
    return Printable.bounded(text, longest);
  }

  private static <T> List<T> first(int most, List<T> all, UnaryOperator<T> bound) {
    return all == null ? List.of() : all.stream().limit(most).map(bound).toList();
  }
}
