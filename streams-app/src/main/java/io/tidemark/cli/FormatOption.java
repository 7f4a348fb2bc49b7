package io.tidemark.cli;

import picocli.CommandLine.Option;

/** The option of commands that answer as text or as JSON; a mixin. */
public final class FormatOption {

  /** The formats, by their names on the command line. */
  enum Format {
    text,
    json
  }

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} if not given.")
  private Format format;

  boolean json() {
    return format == Format.json;
  }
}
