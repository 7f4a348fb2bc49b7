package io.tidemark.demo;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Where the demonstration is shown: lines that stay, and below them, where a person is watching,
 * one line that is rewritten at most ten times a second. For one thread.
 */
public final class Screen {

  private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private boolean dirty;
  private long drawn;

  /**
   * @param terminal whether a person is watching; otherwise no control sequence is written
   */
  public Screen(PrintStream out, PrintStream err, boolean terminal, LongSupplier nanoTime) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.drawn = nanoTime.getAsLong() - REDRAW_NANOS;
  }

  /** Lines that stay; their end is added where it is missing. */
  void say(String text) {
    clear();
    out.print(text.endsWith("\n") ? text : text + "\n");
    out.flush();
  }

  /** The line below the others, at most 79 columns so that no terminal breaks it. */
  void status(Supplier<String> line) {
    long now = nanoTime.getAsLong();
    if (!terminal || now - drawn < REDRAW_NANOS) {
      return;
    }
    drawn = now;
    String text = line.get();
    err.print(CLEAR_LINE + text.substring(0, Math.min(79, text.length())));
    err.flush();
    dirty = true;
  }

  /** Takes the line below away. */
  void clear() {
    if (dirty) {
      err.print(CLEAR_LINE);
      err.flush();
      dirty = false;
      // The next status may follow at once, lest it seem to blink.
      drawn = nanoTime.getAsLong() - REDRAW_NANOS;
    }
  }
}
