package io.tidemark.cli;

import io.tidemark.config.DurationText;
import io.tidemark.control.Statement;
import java.time.Instant;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say from when to when something holds; a mixin. */
public final class SpanOptions {

  @Option(
      names = "--from",
      paramLabel = "T",
      description =
          "From this time of the traffic on, such as 2026-01-05T12:00:00Z; without it, at once. What"
              + " was judged before it was said stays as it is.")
  private String from;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "For so long, such as 2h or 7d, from --from or from now on.")
  private String length;

  @Option(
      names = "--until",
      paramLabel = "T",
      description = "Until this time, such as 2026-01-05T12:00:00Z.")
  private String until;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Start, or {@link Statement#ALWAYS}. */
  long from(long now) {
    return from == null ? Statement.ALWAYS : time("--from", from, now);
  }

  /** End, or {@link Statement#FOR_EVER}. */
  long until(long now) {
    if (length != null && until != null) {
      throw wrong("--for and --until exclude each other", null);
    }
    long begin = from == null ? now : from(now);
    long end = Statement.FOR_EVER;
    if (until != null) {
      end = time("--until", until, now);
    } else if (length != null) {
      try {
        end = begin + DurationText.parse(length).toMillis();
      } catch (IllegalArgumentException e) {
        throw wrong("--for " + e.getMessage() + ": " + length, e);
      }
    }
    if (end <= begin) {
      throw wrong("the end must come after " + Instant.ofEpochMilli(begin) + ": " + text(), null);
    }
    return end;
  }

  private String text() {
    return until == null ? "--for " + length : "--until " + until;
  }

  private long time(String option, String text, long now) {
    try {
      Moment moment = Moment.parse(text);
      if (!moment.beforeEnd()) {
        return moment.at(now);
      }
    } catch (IllegalArgumentException e) {
      throw notATime(option, text, e);
    }
    throw notATime(option, text, null);
  }

  private ParameterException notATime(String option, String text, Exception cause) {
    return wrong(
        option
            + " must be an instant such as 2026-01-05T12:00:00Z or a date such as 2026-01-05"
            + " (UTC): "
            + text,
        cause);
  }

  private ParameterException wrong(String message, Exception cause) {
    return new ParameterException(spec.commandLine(), message, cause);
  }
}
