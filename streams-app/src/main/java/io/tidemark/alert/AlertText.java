package io.tidemark.alert;

import java.util.Locale;

/**
 * Alerts for a terminal. Whatever a record may hold, a row stays one line, no line of a table is
 * wider than asked for, and nothing but our own colours reaches the terminal as a control sequence.
 *
 * @param width columns of the terminal, {@link #NARROWEST} to {@link #WIDEST}; others are moved
 *     there
 * @param colour whether to colour by severity with ANSI sequences
 */
public record AlertText(int width, boolean colour) {

  public static final int NARROWEST = 80;
  public static final int WIDEST = 320;

  static final String GAP = "  ";
  private static final int WITH_SUBJECT = 110;
  private static final int TIME = 19;
  private static final int SEVERITY = 8;
  private static final int SCORE = 5;
  private static final int LONGEST_DETECTOR = 10;
  private static final String RESET = "\u001b[0m";

  public AlertText {
    width = Math.max(NARROWEST, Math.min(WIDEST, width));
  }

  /** The names of a row's columns. */
  public String header() {
    return style(
        "\u001b[1m",
        line("TIME (UTC)", "SEVERITY", "SCORE", "DETECTOR", "WORKLOAD", "SUBJECT", "WHY"));
  }

  /** The alert as one line; its time is the end of the last window that fired. */
  public String row(Alert alert) {
    String line =
        line(
            Times.second(alert.windowEnd()),
            alert.severity().name(),
            score(alert.score()),
            alert.detector(),
            alert.workload().key(),
            alert.subject(),
            progress(alert) + alert.summary());
    int from = TIME + GAP.length();
    return line.substring(0, from)
        + style(ansi(alert), line.substring(from, from + SEVERITY))
        + line.substring(from + SEVERITY);
  }

  /**
   * The alert as a short paragraph: when it last fired, how bad, who and what, and below it why,
   * over as many lines as it takes, each ended.
   */
  public String story(Alert alert) {
    String head =
        Times.second(alert.windowEnd())
            + GAP
            + style(ansi(alert), pad(alert.severity().name(), SEVERITY))
            + GAP
            + " ".repeat(Math.max(0, SCORE - score(alert.score()).length()))
            + score(alert.score())
            + GAP
            + pad(alert.detector(), LONGEST_DETECTOR)
            + GAP
            + Printable.of(alert.workload().key())
            + "  \u2192 "
            + Printable.of(alert.subject());
    String indent = " ".repeat(TIME + GAP.length());
    StringBuilder text = new StringBuilder(head.stripTrailing()).append('\n');
    StringBuilder line = new StringBuilder(indent);
    for (String word : Printable.of(alert.summary()).split(" ", -1)) {
      boolean begun = line.length() > indent.length();
      if (begun && line.length() + 1 + Printable.columns(word) > width) {
        text.append(line).append('\n');
        line = new StringBuilder(indent);
        begun = false;
      }
      line.append(begun ? " " : "").append(word);
    }
    return text.append(line).append('\n').toString();
  }

  /** All about the alert, over as many lines as it takes, each ended. */
  public String explain(Alert alert) {
    return new Explanation(this, alert).text();
  }

  private String line(
      String time,
      String severity,
      String score,
      String detector,
      String workload,
      String subject,
      String why) {
    // The summary names the subject; where room is short, the column for it goes first.
    boolean wide = width >= WITH_SUBJECT;
    int rest = width - TIME - SEVERITY - SCORE - (wide ? 6 : 5) * GAP.length();
    int forDetector = Math.min(16, rest / 4);
    int forWorkload = Math.min(40, rest / 4);
    int forSubject = wide ? Math.min(40, rest / 5) : 0;
    int forWhy = rest - forDetector - forWorkload - forSubject;
    String columns =
        pad(time, TIME)
            + GAP
            + pad(severity, SEVERITY)
            + GAP
            + " ".repeat(Math.max(0, SCORE - score.length()))
            + score
            + GAP
            + pad(detector, forDetector)
            + GAP
            + pad(tail(workload, forWorkload), forWorkload)
            + GAP
            + (wide ? pad(tail(subject, forSubject), forSubject) + GAP : "")
            + pad(why, forWhy);
    return columns.stripTrailing();
  }

  /** What changed since the alert was opened, in front of why. */
  private static String progress(Alert alert) {
    return switch (alert.status()) {
      case OPEN -> "";
      case UPDATE -> "x" + alert.windows() + " ";
      case RESOLVED -> "over: ";
    };
  }

  static String score(double score) {
    // Never rounded up: 94.6 must not read like a critical 95.
    return String.format(Locale.ROOT, "%.0f", Math.floor(score));
  }

  /** The text in exactly so many columns, its end cut where it is too long. */
  static String pad(String text, int columns) {
    String shown = Printable.of(text);
    int taken = Printable.columns(shown);
    if (taken > columns) {
      StringBuilder cut = new StringBuilder();
      taken = 0;
      for (int c : shown.codePoints().toArray()) {
        if (taken + Printable.columns(c) > columns - 1) {
          break;
        }
        cut.appendCodePoint(c);
        taken += Printable.columns(c);
      }
      shown = cut.append('…').toString();
      taken++;
    }
    return shown + " ".repeat(columns - taken);
  }

  /**
   * The end of the text, where the key of a workload and the name of a domain tell most, in at most
   * so many columns.
   */
  private static String tail(String whole, int columns) {
    String text = Printable.of(whole);
    if (Printable.columns(text) <= columns) {
      return text;
    }
    int[] points = text.codePoints().toArray();
    int from = points.length;
    int taken = 1;
    while (from > 0 && taken + Printable.columns(points[from - 1]) <= columns) {
      from--;
      taken += Printable.columns(points[from]);
    }
    return '…' + new String(points, from, points.length - from);
  }

  String style(String ansi, String text) {
    return colour ? ansi + text + RESET : text;
  }

  static String ansi(Alert alert) {
    if (alert.status() == Status.RESOLVED) {
      return "\u001b[32m";
    }
    return switch (alert.severity()) {
      case INFO -> "\u001b[2m";
      case LOW -> "\u001b[36m";
      case MEDIUM -> "\u001b[33m";
      case HIGH -> "\u001b[31m";
      case CRITICAL -> "\u001b[1;37;41m";
    };
  }
}
