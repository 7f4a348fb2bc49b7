package io.tidemark.cli;

import io.tidemark.config.Config;
import io.tidemark.control.Selection;
import io.tidemark.detect.Detector;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which workloads and detectors are meant; a mixin. */
public final class TargetOptions {

  static final String PATTERN_FORM =
      "cluster/namespace/name or namespace/name, with * for any text";

  @Option(
      names = "--workload",
      paramLabel = "PATTERN",
      description = "Which workloads: " + PATTERN_FORM + ".")
  private String workload;

  @Option(names = "--detector", paramLabel = "NAME", description = "Only this detector's.")
  private String detector;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /**
   * What is selected.
   *
   * @throws ParameterException if there is no such detector, or the pattern can match nothing
   */
  Selection selection(Config config, String subject, String alertId) {
    try {
      return new Selection(
          pattern(spec, "--workload", workload),
          detector(spec, config, detector),
          subject,
          alertId);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** The pattern of a whole key; {@code null} for all. */
  static String pattern(CommandSpec spec, String option, String text) {
    if (text == null || text.equals("*")) {
      return null;
    }
    long slashes = text.chars().filter(c -> c == '/').count();
    if (slashes == 0) {
      throw new ParameterException(
          spec.commandLine(), option + " must be " + PATTERN_FORM + ": " + text);
    }
    return slashes == 1 ? "*/" + text : text;
  }

  static String detector(CommandSpec spec, Config config, String name) {
    List<String> known = config.detectors().inService().stream().map(Detector::name).toList();
    if (name != null && !known.contains(name)) {
      throw new ParameterException(
          spec.commandLine(),
          "--detector must be one of " + String.join(", ", known) + ": " + name);
    }
    return name;
  }
}
