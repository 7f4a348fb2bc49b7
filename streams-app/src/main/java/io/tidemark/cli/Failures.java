package io.tidemark.cli;

import io.tidemark.config.ConfigException;
import io.tidemark.config.Problem;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What the user is told when a command fails, and the exit code. No stack trace unless asked for;
 * control characters, which a hostile input could have smuggled into a message, are taken out.
 */
final class Failures {
  private static final int MOST_PROBLEMS = 50;

  private final Shell shell;
  private final BooleanSupplier debug;

  Failures(Shell shell, BooleanSupplier debug) {
    this.shell = shell;
    this.debug = debug;
  }

  int usage(ParameterException e) {
    CommandLine command = e.getCommandLine();
    say(e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, command.getErr());
    shell.err().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    trace(e);
    return ExitCode.USAGE;
  }

  int of(Throwable e) {
    int code = report(e);
    trace(e);
    return code;
  }

  private int report(Throwable e) {
    if (e instanceof ParameterException usage) {
      return usage(usage);
    }
    if (e instanceof ConfigException config) {
      config.problems().stream().limit(MOST_PROBLEMS).map(Problem::toString).forEach(this::say);
      int more = config.problems().size() - MOST_PROBLEMS;
      if (more > 0) {
        say("and " + more + " more problems");
      }
      return ExitCode.CONFIG;
    }
    if (e instanceof CommandException command) {
      say(command.getMessage());
      return command.exitCode();
    }
    if (e instanceof UncheckedIOException wrapped) {
      return report(wrapped.getCause());
    }
    if (e instanceof IOException io) {
      say(reason(io));
      return ExitCode.IO;
    }
    String hint = showsTrace() ? "" : "; --debug shows where";
    say("internal error: " + e + hint);
    return ExitCode.INTERNAL;
  }

  /** The code, or {@link ExitCode#IO} when a result could not be written. */
  int ofOutput(int code) {
    if (shell.out().checkError() && code == ExitCode.OK) {
      say("cannot write to standard output");
      return ExitCode.IO;
    }
    return code;
  }

  /** Some messages of the file system are a mere path. */
  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file: " + e.getMessage();
    }
    if (e instanceof AccessDeniedException) {
      return "access denied: " + e.getMessage();
    }
    return "input or output failed: " + (e.getMessage() == null ? e : e.getMessage());
  }

  private void say(String message) {
    shell.err().println("tidemark: " + message.replaceAll("\\p{Cntrl}+", " ").strip());
  }

  private void trace(Throwable e) {
    if (showsTrace()) {
      PrintStream err = shell.err();
      e.printStackTrace(err);
    }
  }

  private boolean showsTrace() {
    return debug.getAsBoolean() || shell.isSet("TIDEMARK_DEBUG");
  }
}
