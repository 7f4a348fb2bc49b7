package io.tidemark.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What was measured of each subject, round by round. Not thread-safe. */
final class Results {
  private final Map<String, List<Measured>> rounds = new LinkedHashMap<>();

  void add(String name, Measured measured) {
    rounds.computeIfAbsent(name, n -> new ArrayList<>()).add(measured);
  }

  /** Names of subjects, in the order in which they were first measured. */
  List<String> names() {
    return List.copyOf(rounds.keySet());
  }

  /** One figure of a subject that was measured. */
  Spread of(String name, ToDoubleFunction<Measured> figure) {
    return new Spread(rounds.get(name).stream().mapToDouble(figure).boxed().toList());
  }

  /** Records that a subject read in one round. */
  long records(String name) {
    return rounds.get(name).get(0).records();
  }

  /**
   * How much faster, round by round: what slows the machine down for a while slows both. Empty
   * unless both were measured.
   */
  Optional<Spread> faster(Ratio ratio) {
    return quotient(ratio.name(), ratio.other(), Measured::recordsPerSecond);
  }

  /** How much less processor time of its own, round by round. */
  Optional<Spread> cheaper(Ratio ratio) {
    return quotient(ratio.other(), ratio.name(), Measured::cpuSecondsPerMillion);
  }

  private Optional<Spread> quotient(String over, String under, ToDoubleFunction<Measured> figure) {
    List<Measured> above = rounds.getOrDefault(over, List.of());
    List<Measured> below = rounds.getOrDefault(under, List.of());
    List<Double> quotients = new ArrayList<>();
    for (int i = 0; i < Math.min(above.size(), below.size()); i++) {
      double quotient = figure.applyAsDouble(above.get(i)) / figure.applyAsDouble(below.get(i));
      if (Double.isFinite(quotient)) {
        quotients.add(quotient);
      }
    }
    return quotients.isEmpty() ? Optional.empty() : Optional.of(new Spread(quotients));
  }
}
