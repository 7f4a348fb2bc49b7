package io.tidemark.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used. Carries every problem found, at least one. */
public final class ConfigException extends RuntimeException {
  private static final int MOST_SHOWN = 50;

  private final List<Problem> problems;

  public ConfigException(List<Problem> problems) {
    super(summary(problems));
    this.problems = List.copyOf(problems);
  }

  static ConfigException of(Problem problem) {
    return new ConfigException(List.of(problem));
  }

  /** In the order they were found. */
  public List<Problem> problems() {
    return problems;
  }

  private static String summary(List<Problem> problems) {
    String shown =
        problems.stream()
            .limit(MOST_SHOWN)
            .map(Problem::toString)
            .collect(Collectors.joining("\n"));
    int more = problems.size() - MOST_SHOWN;
    return more > 0 ? shown + "\nand " + more + " more problems" : shown;
  }
}
