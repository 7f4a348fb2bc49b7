package io.tidemark.detect;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.Distinct;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many different peers answered on a port of late, or how many ports of a peer. Who talks to
 * hundreds meets some that are gone; who scans meets hardly anybody else. Counted in two spans of
 * the given length, the running one and the one before.
 *
 * <p>Bounded: {@value #TARGETS_KEPT} targets, of those silent for longest the one with the fewest
 * answers goes first, and two sketches of {@value #COUNTED} each: at most 17 000 bytes when
 * written.
 */
final class Answerers {

  private static final int TARGETS_KEPT = 32;
  private static final int COUNTED = 32;

  private record Spans(long last, Distinct now, Distinct before) {

    static Spans empty(long span) {
      return new Spans(span, new Distinct(COUNTED), new Distinct(COUNTED));
    }

    Spans at(long span) {
      if (span <= last) {
        return this;
      }
      Distinct previous = span == last + 1 ? now : new Distinct(COUNTED);
      return new Spans(span, new Distinct(COUNTED), previous);
    }
  }

  private final TreeMap<Long, Spans> targets = new TreeMap<>();

  /** A peer answered. */
  void add(long target, long member, long time, long length) {
    long span = Math.floorDiv(time, length);
    Spans spans = targets.getOrDefault(target, Spans.empty(span)).at(span);
    spans.now().add(member);
    targets.put(target, spans);
    if (targets.size() > TARGETS_KEPT) {
      targets.remove(
          targets.entrySet().stream()
              .min(
                  Comparator.comparingLong((Map.Entry<Long, Spans> e) -> e.getValue().last())
                      .thenComparingLong(e -> e.getValue().now().estimate())
                      .thenComparing(Map.Entry::getKey))
              .orElseThrow()
              .getKey());
    }
  }

  /**
   * How many answered in the running span and the one before.
   *
   * @param more what answers now, and is not added yet
   */
  long count(long target, Collection<Long> more, long time, long length) {
    Distinct all = new Distinct(COUNTED);
    more.forEach(all::add);
    Spans known = targets.get(target);
    if (known != null) {
      Spans spans = known.at(Math.floorDiv(time, length));
      all.merge(spans.now());
      all.merge(spans.before());
    }
    return all.estimate();
  }

  void write(StateWriter out) {
    out.varint(targets.size());
    targets.forEach(
        (target, spans) -> {
          out.fixed64(target).varlong(spans.last());
          spans.now().write(out);
          spans.before().write(out);
        });
  }

  static Answerers read(StateReader in) {
    Answerers answerers = new Answerers();
    for (int left = in.count(); left > 0; left--) {
      answerers.targets.put(
          in.fixed64(),
          new Spans(in.varlong(), Distinct.read(in, COUNTED), Distinct.read(in, COUNTED)));
    }
    return answerers;
  }
}
