package io.tidemark.alert;

import io.tidemark.detect.Signal;
import io.tidemark.detect.Signal.Evidence;
import io.tidemark.window.Coordinates;
import java.util.ArrayList;
import java.util.List;

/**
 * One open alert.
 *
 * @param detector name of the detector
 * @param version its version when it found the strongest signal
 * @param start start of the first window that fired, which the id is made of
 * @param from start of the time that the first signal judged
 * @param end end of the last window that fired
 * @param windows how many windows fired
 * @param published score when last published
 * @param gathered end of the time that evidence was gathered over
 * @param announced whether it was ever published
 * @param withheld whether something of it was worth telling, and was not published since
 * @param strongest the strongest signal, holding the evidence of all
 */
record Episode(
    String detector,
    int version,
    long start,
    long from,
    long end,
    int windows,
    double published,
    long gathered,
    boolean announced,
    boolean withheld,
    Signal strongest) {

  static Episode open(Finding finding, long windowStart, long windowEnd) {
    Signal signal = finding.signal();
    return new Episode(
        finding.detector(),
        finding.version(),
        windowStart,
        Math.min(windowStart, signal.from()),
        windowEnd,
        1,
        signal.score(),
        signal.to(),
        false,
        false,
        signal);
  }

  EpisodeKey key() {
    return new EpisodeKey(detector, strongest.subjectKind(), strongest.subject());
  }

  double score() {
    return strongest.score();
  }

  /** One more window fired. */
  Episode window(long windowEnd) {
    int more = windows == Integer.MAX_VALUE ? windows : windows + 1;
    return new Episode(
        detector, version, start, from, windowEnd, more, published, gathered, announced, withheld,
        strongest);
  }

  /**
   * Takes one more signal in. A stronger one replaces what is told and its evidence comes first; of
   * equal ones the earlier stays.
   */
  Episode with(Finding finding) {
    Signal signal = finding.signal();
    boolean again = signal.from() < gathered;
    boolean stronger = signal.score() > score();
    Signal top = stronger ? signal : strongest;
    List<Evidence> evidence =
        stronger
            ? gather(signal.evidence(), strongest.evidence(), again)
            : gather(strongest.evidence(), signal.evidence(), again);
    return new Episode(
        detector,
        stronger ? finding.version() : version,
        start,
        from,
        end,
        windows,
        published,
        Math.max(gathered, signal.to()),
        announced,
        withheld,
        withEvidence(top, evidence));
  }

  /** It was published as it stands. */
  Episode told() {
    return asTold(true, false);
  }

  /** It was worth publishing, and was not published; what comes next is measured against it. */
  Episode kept() {
    return asTold(announced, true);
  }

  private Episode asTold(boolean everTold, boolean behind) {
    return new Episode(
        detector, version, start, from, end, windows, score(), gathered, everTold, behind,
        strongest);
  }

  /** Whether those who follow the alerts do not know of it, or not how it stands. */
  boolean isOwed() {
    return !announced || withheld;
  }

  /** Whether it is worse, or notably longer, than when last published. */
  boolean worthTelling(double growth) {
    return Severity.of(score()).compareTo(Severity.of(published)) > 0
        || score() - published >= growth
        || milestone(windows);
  }

  /** 2, 5, 10, 20, 50, 100, ...: an episode of a year of 10 s windows is told 21 times. */
  static boolean milestone(int windows) {
    int digit = windows;
    while (digit % 10 == 0) {
      digit /= 10;
    }
    return windows > 1 && (digit == 1 || digit == 2 || digit == 5);
  }

  /**
   * Both lists as one, the first's entries first. What is the same thing seen again is added up, or
   * where the judged times overlap, and the same connections may be in both, the larger count
   * taken.
   */
  private static List<Evidence> gather(List<Evidence> first, List<Evidence> more, boolean again) {
    List<Evidence> all = new ArrayList<>(first);
    for (Evidence seen : more) {
      int at = 0;
      while (at < all.size() && !same(all.get(at), seen)) {
        at++;
      }
      if (at < all.size()) {
        all.set(at, sum(all.get(at), seen, again));
      } else {
        all.add(seen);
      }
    }
    return List.copyOf(all.subList(0, Math.min(Signal.EVIDENCE_KEPT, all.size())));
  }

  private static boolean same(Evidence a, Evidence b) {
    return a.port() == b.port()
        && a.peer().equals(b.peer())
        && a.protocol().equals(b.protocol())
        && a.detail().equals(b.detail());
  }

  private static Evidence sum(Evidence a, Evidence b, boolean again) {
    List<Coordinates> coordinates = new ArrayList<>(a.coordinates());
    coordinates.addAll(b.coordinates());
    return new Evidence(
        a.peer(),
        a.port(),
        a.protocol(),
        a.detail(),
        sum(a.connections(), b.connections(), again),
        sum(a.denied(), b.denied(), again),
        sum(a.records(), b.records(), again),
        Bounds.of(coordinates));
  }

  private static long sum(long a, long b, boolean again) {
    if (again) {
      return Math.max(a, b);
    }
    long sum = a + b;
    return a > 0 && b > 0 && sum < 0 ? Long.MAX_VALUE : sum;
  }

  private static Signal withEvidence(Signal of, List<Evidence> evidence) {
    return new Signal(
        of.subjectKind(),
        of.subject(),
        of.score(),
        of.contributions(),
        of.measures(),
        evidence,
        of.from(),
        of.to(),
        of.summary(),
        of.silencedBy(),
        of.technique());
  }
}
