package io.tidemark.cli;

import io.tidemark.config.DurationText;
import io.tidemark.replay.Range;
import io.tidemark.replay.Replay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which history is replayed; a mixin. */
final class ReplayOptions {

  /**
   * What the live pipeline had decided before it wrote facts. Names of ranges and domains are given
   * by JUDGE, and so may change.
   */
  private static final List<String> FOLDED =
      List.of("windows.", "sources.", "identity.cluster", "identity.internal-cidrs");

  @Option(
      names = "--from",
      paramLabel = "T",
      description = "Tell alerts that begin at or after this time: " + Moment.FORM + ".")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "T",
      description = "Tell alerts that begin before this time; they are followed to their end.")
  private String to;

  @Option(
      names = "--warm-up",
      paramLabel = "DURATION",
      description =
          "Learn from so much before --from only. Without it, from all that is kept: only then are"
              + " alerts those of the live service.")
  private String warmUp;

  @Option(
      names = "--input",
      paramLabel = "INPUT",
      defaultValue = "activity",
      description =
          "${COMPLETION-CANDIDATES}: records as their sources wrote them, or the facts that the"
              + " service made of them, which is much faster; ${DEFAULT-VALUE}.")
  private Replay.Input input;

  Replay.Input input() {
    return input;
  }

  /** Whether the newest event time is needed to know the range. */
  boolean needsEnd(CommandLine line) {
    return moment("--from", from, line).beforeEnd() || moment("--to", to, line).beforeEnd();
  }

  /**
   * The range that is meant.
   *
   * @param end the newest event time there is
   */
  Range range(CommandLine line, OptionalLong end) {
    long first = from == null ? Range.EARLIEST : moment("--from", from, line).at(end.orElse(0));
    long last = to == null ? Range.END : moment("--to", to, line).at(end.orElse(0));
    if (warmUp != null && from == null) {
      throw new ParameterException(line, "--warm-up needs --from");
    }
    if (first >= last) {
      throw new ParameterException(line, "--from must be before --to: " + from + ", " + to);
    }
    return new Range(warmUp == null ? Range.EARLIEST : first - learning(line), first, last);
  }

  /** How much is learned from before the range, empty for all that is kept. */
  OptionalLong learned(CommandLine line) {
    return warmUp == null ? OptionalLong.empty() : OptionalLong.of(learning(line));
  }

  /** What was set and would have no effect on facts that are folded already. */
  List<String> withoutEffect(List<String> overrides) {
    List<String> found = new ArrayList<>();
    for (String override : overrides) {
      String key = override.substring(0, Math.max(0, override.indexOf('=')));
      boolean folded = FOLDED.stream().anyMatch(key::startsWith);
      if (input == Replay.Input.activity && folded) {
        found.add(key);
      }
    }
    return found;
  }

  private long learning(CommandLine line) {
    try {
      Duration duration = DurationText.parse(warmUp);
      return duration.toMillis();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, "--warm-up " + e.getMessage() + ": " + warmUp, e);
    }
  }

  private static Moment moment(String option, String text, CommandLine line) {
    if (text == null) {
      return new Moment(0, false);
    }
    try {
      return Moment.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, option + " " + e.getMessage() + ": " + text, e);
    }
  }
}
