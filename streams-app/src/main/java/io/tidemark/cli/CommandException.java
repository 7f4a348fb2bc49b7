package io.tidemark.cli;

/** A command cannot go on, for a reason the user can act on. */
public final class CommandException extends RuntimeException {
  private final int exitCode;

  /**
   * @param exitCode one of {@link ExitCode}, not {@link ExitCode#OK}
   * @param message one line that says what could not be done, and to what
   */
  public CommandException(int exitCode, String message) {
    this(exitCode, message, null);
  }

  public CommandException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
