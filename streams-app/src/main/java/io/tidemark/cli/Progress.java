package io.tidemark.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Shows how far a long piece of work has come: one line on standard error, rewritten at most ten
 * times a second, and nothing at all where no person is watching. For one thread; cheap enough to
 * call per batch of records.
 */
public final class Progress implements AutoCloseable {
  private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int BAR = 24;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final Shell shell;
  private final String task;
  private final String unit;
  private final long total;
  private final long started;
  private long done;
  private long drawn;
  private String where = "";
  private boolean closed;

  private Progress(Shell shell, String task, String unit, long total) {
    this.shell = shell;
    this.task = task;
    this.unit = unit;
    this.total = total;
    this.started = shell.nanoTime().getAsLong();
    this.drawn = started - REDRAW_NANOS;
  }

  /**
   * Begins with nothing done.
   *
   * @param task what is being done, such as {@code Reading}
   * @param unit what is counted, such as {@code flows}
   * @param total how much there is to do, 0 or less when that is not known
   */
  public static Progress start(Shell shell, String task, String unit, long total) {
    return new Progress(shell, task, unit, total);
  }

  /** So much more is done. */
  public void add(long more) {
    at(done + more);
  }

  /**
   * So much is done in all.
   *
   * @param place where that is, such as a time; shown behind everything else
   */
  public void at(long doneInAll, String place) {
    where = place.isEmpty() ? "" : "  " + place;
    at(doneInAll);
  }

  /** So much is done in all. */
  public void at(long doneInAll) {
    done = doneInAll;
    if (!shell.terminal() || closed) {
      return;
    }
    long now = shell.nanoTime().getAsLong();
    if (now - drawn >= REDRAW_NANOS) {
      drawn = now;
      draw(now);
    }
  }

  /** Leaves the last state standing on a line of its own. */
  @Override
  public void close() {
    if (shell.terminal() && !closed) {
      draw(shell.nanoTime().getAsLong());
      shell.err().println();
    }
    closed = true;
  }

  private void draw(long now) {
    PrintStream err = shell.err();
    err.print(CLEAR_LINE + line(now - started) + where);
    err.flush();
  }

  private String line(long nanos) {
    double seconds = nanos / 1e9;
    double rate = seconds > 0 ? done / seconds : 0;
    String speed = compact(rate) + " " + unit + "/s";
    if (total <= 0) {
      return task + " " + compact((double) done) + " " + unit + "  " + speed + "  " + time(seconds);
    }
    double share = Math.max(0, Math.min(1, (double) done / total));
    String bar = "=".repeat((int) (share * BAR)) + " ".repeat(BAR - (int) (share * BAR));
    String percent = String.format(Locale.ROOT, "%3d%%", (int) (share * 100));
    String left =
        done >= total
            ? "in " + time(seconds)
            : rate > 0 ? time((total - done) / rate) + " left" : "";
    return task + " [" + bar + "] " + percent + "  " + speed + "  " + left;
  }

  /** At most three digits, in powers of a thousand: 950, 1.2k, 34M. */
  private static String compact(double value) {
    String[] powers = {"", "k", "M", "G", "T", "P", "E"};
    int power = 0;
    double scaled = value;
    while (scaled >= 999.5 && power < powers.length - 1) {
      scaled /= 1000;
      power++;
    }
    String form = power > 0 && scaled < 9.95 ? "%.1f%s" : "%.0f%s";
    return String.format(Locale.ROOT, form, scaled, powers[power]);
  }

  private static String time(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + "s";
    }
    if (whole < 3600) {
      return whole / 60 + "m " + whole % 60 + "s";
    }
    return whole / 3600 + "h " + whole % 3600 / 60 + "m";
  }
}
