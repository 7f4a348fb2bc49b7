package io.tidemark.cli;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * What a command may use of the world around the process, so that a test can stand in for it.
 *
 * @param out results
 * @param err messages and progress
 * @param in standard input
 * @param environment value of an environment variable, {@code null} when it is not set
 * @param terminal whether a person is watching: colours and progress are for people
 * @param nanoTime elapsed time in nanoseconds from an arbitrary start, for progress only
 */
public record Shell(
    PrintStream out,
    PrintStream err,
    InputStream in,
    UnaryOperator<String> environment,
    boolean terminal,
    LongSupplier nanoTime) {

  /** The process's own, with the given streams and no terminal. */
  static Shell of(PrintStream out, PrintStream err, InputStream in) {
    return new Shell(out, err, in, System::getenv, false, System::nanoTime);
  }

  /** The process's own. */
  static Shell ofProcess() {
    String term = System.getenv("TERM");
    boolean terminal = term != null && !term.equals("dumb") && isTerminal(System.console());
    return new Shell(System.out, System.err, System.in, System::getenv, terminal, System::nanoTime);
  }

  /** Whether a variable is set to something other than nothing, 0 or false. */
  boolean isSet(String variable) {
    String value = environment.apply(variable);
    return value != null && !value.isEmpty() && !value.equals("0") && !value.equals("false");
  }

  /** Columns of the terminal, as the shell told us; generous where nobody did. */
  int width() {
    String columns = environment.apply("COLUMNS");
    return columns != null && columns.matches("[0-9]{1,4}") ? Integer.parseInt(columns) : 160;
  }

  /** From Java 22 on there may be a console without a terminal. */
  private static boolean isTerminal(Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
