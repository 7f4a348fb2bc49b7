package io.tidemark.cli;

/** How the program ends; the values of BSD's {@code sysexits.h}. Public: scripts rely on them. */
public final class ExitCode {
  public static final int OK = 0;

  /** What was compared differs, or a bound that was asked for is not kept. */
  public static final int DIFFERENT = 1;

  /** The command line was wrong. */
  public static final int USAGE = 64;

  /** Nothing of the input, a line of alerts, or stored state could not be read. */
  public static final int DATA = 65;

  /** Kafka, the schema registry or another service could not be reached. */
  public static final int UNAVAILABLE = 69;

  /** A defect in the program. */
  public static final int INTERNAL = 70;

  /** An output could not be created. */
  public static final int CANNOT_CREATE = 73;

  /** Reading or writing failed. */
  public static final int IO = 74;

  /** The configuration was wrong. */
  public static final int CONFIG = 78;

  private ExitCode() {}
}
