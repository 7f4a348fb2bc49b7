package io.tidemark.evaluate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Claims held against events: which are right, which are wrong, and what was missed. */
public final class Evaluation {

  /** What a claim turned out to be. */
  public enum Verdict {
    /** It found an event. */
    RIGHT,
    /** It tells of an event, but is not what the event asks for. */
    ELSEWHERE,
    /** It matches no event. */
    WRONG,
    /** It is of too little severity to count. */
    MINOR
  }

  /** Order in which claims are listed: by time, then by what they are about. */
  static final Comparator<Claim> BY_TIME =
      Comparator.comparingLong(Claim::told)
          .thenComparingLong(Claim::from)
          .thenComparing(Claim::workload)
          .thenComparing(Claim::detector)
          .thenComparing(Claim::subject)
          .thenComparing(Claim::id);

  private final List<Outcome> outcomes = new ArrayList<>();
  private final Map<Verdict, List<Claim>> claims = new EnumMap<>(Verdict.class);
  private final Exposure exposure;
  private int furtherWrong;

  private Evaluation(Exposure exposure) {
    this.exposure = exposure;
    for (Verdict verdict : Verdict.values()) {
      claims.put(verdict, new ArrayList<>());
    }
  }

  /**
   * Holds claims against events. One claim may find several events, and counts once.
   *
   * @param claims in any order
   */
  public static Evaluation of(
      List<Event> events, Collection<Claim> claims, Rules rules, Exposure exposure) {
    Evaluation evaluation = new Evaluation(exposure);
    Map<Event, Outcome> outcomes =
        new TreeMap<>(Comparator.comparing(Event::start).thenComparing(Event::id));
    for (Event event : events) {
      outcomes.put(
          event, new Outcome(event, new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
    }
    for (Claim claim : claims.stream().sorted(BY_TIME).toList()) {
      evaluation.claims.get(judge(claim, outcomes.values(), rules)).add(claim);
    }
    evaluation.outcomes.addAll(outcomes.values());
    return evaluation;
  }

  /** Counts wrong claims of which nothing else is known. */
  Evaluation withFurtherWrong(int more) {
    furtherWrong += more;
    return this;
  }

  /** Tells every event that the claim is about, and says what the claim is worth. */
  private static Verdict judge(Claim claim, Collection<Outcome> outcomes, Rules rules) {
    Verdict verdict = rules.counts(claim) ? Verdict.WRONG : Verdict.MINOR;
    for (Outcome outcome : outcomes) {
      Event event = outcome.event();
      boolean concerns = rules.overlap(event, claim) && event.concerns(claim);
      if (!concerns && !(rules.overlap(event, claim) && event.touches(claim))) {
        continue;
      }
      if (verdict == Verdict.MINOR) {
        outcome.minor().add(claim);
      } else if (concerns && rules.finds(event, claim)) {
        outcome.finders().add(claim);
        verdict = Verdict.RIGHT;
      } else {
        outcome.elsewhere().add(claim);
        verdict = verdict == Verdict.WRONG ? Verdict.ELSEWHERE : verdict;
      }
    }
    return verdict;
  }

  /** Every event, by time. */
  public List<Outcome> outcomes() {
    return Collections.unmodifiableList(outcomes);
  }

  /** Claims of one verdict, by the time at which they were told. */
  public List<Claim> claims(Verdict verdict) {
    return Collections.unmodifiableList(claims.get(verdict));
  }

  public Exposure exposure() {
    return exposure;
  }

  /** All detectors together. */
  public Score score() {
    return score(outcomes, outcome -> true, claim -> true).withFurtherWrong(furtherWrong);
  }

  /**
   * One detector. It was to find the events that name it; one that accepts any detector counts for
   * it if it found it.
   */
  public Score score(String detector) {
    Predicate<Claim> its = claim -> claim.detector().equals(detector);
    List<Outcome> asked =
        outcomes.stream()
            .filter(
                outcome ->
                    outcome.event().detectors().contains(detector)
                        || outcome.finders().stream().anyMatch(its))
            .toList();
    return score(asked, outcome -> outcome.finders().stream().anyMatch(its), its);
  }

  /** Events of one kind; what is wrong is of no kind. */
  public Score kind(String kind) {
    List<Outcome> such =
        outcomes.stream().filter(outcome -> outcome.event().kind().equals(kind)).toList();
    return score(such, outcome -> true, claim -> false);
  }

  /** Kinds of the events, in order. */
  public List<String> kinds() {
    return List.copyOf(
        new TreeSet<>(outcomes.stream().map(outcome -> outcome.event().kind()).toList()));
  }

  /** Detectors that made a claim or were to make one, in order. */
  public List<String> detectors() {
    TreeSet<String> names = new TreeSet<>();
    outcomes.forEach(outcome -> names.addAll(outcome.event().detectors()));
    claims.values().forEach(all -> all.forEach(claim -> names.add(claim.detector())));
    return List.copyOf(names);
  }

  private Score score(List<Outcome> asked, Predicate<Outcome> by, Predicate<Claim> whose) {
    List<Outcome> found = asked.stream().filter(Outcome::found).filter(by).toList();
    long[] delays = found.stream().mapToLong(outcome -> delay(outcome, whose)).sorted().toArray();
    return new Score(
        asked.size(),
        found.size(),
        count(Verdict.RIGHT, whose),
        count(Verdict.ELSEWHERE, whose),
        count(Verdict.WRONG, whose),
        count(Verdict.MINOR, whose),
        delays,
        exposure.workloadDays());
  }

  /** Of a detector its own delay; of a kind, which has no claims, that of the first finder. */
  private static long delay(Outcome outcome, Predicate<Claim> whose) {
    return outcome.finders().stream()
        .filter(whose)
        .findFirst()
        .map(claim -> Math.max(0, claim.told() - outcome.event().start()))
        .orElseGet(outcome::delay);
  }

  private int count(Verdict verdict, Predicate<Claim> whose) {
    return (int) claims.get(verdict).stream().filter(whose).count();
  }
}
