package io.tidemark.cli;

import io.tidemark.alert.Printable;
import io.tidemark.control.Book;
import io.tidemark.control.Entry;
import io.tidemark.control.Kind;
import io.tidemark.control.Selection;
import io.tidemark.control.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Statements for people. What others wrote into them cannot reach the terminal as a command. */
final class ControlText {

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ControlText() {}

  static String time(long millis) {
    return SECOND.format(Instant.ofEpochMilli(millis));
  }

  /** What is said, as a sentence. */
  static String sentence(Statement statement) {
    Selection about = statement.selection();
    String who = about.workload() == null ? "any workload" : Printable.of(about.workload());
    String detector = about.detector() == null ? "" : Printable.of(about.detector());
    String by = detector.isEmpty() ? "" : " by " + detector;
    return switch (statement.kind()) {
      case SUPPRESS -> "Alerts" + by + " for " + who + alert(about) + " are not published.";
      case FREEZE ->
          (detector.isEmpty() ? "No detector learns" : detector + " does not learn")
              + " from "
              + who
              + ".";
      case MAINTENANCE ->
          "Alerts" + by + " for " + who + " are not published, and nothing is learned from it.";
      case FORGET ->
          "What "
              + (detector.isEmpty() ? "was learned" : detector + " learned")
              + " of "
              + who
              + " is forgotten; learning begins anew.";
      case FEEDBACK ->
          "Alert " + Printable.of(String.valueOf(about.alertId())) + verdict(statement.verdict());
      case REVOKE -> "What was said as " + Printable.of(statement.id()) + " is taken back.";
      case UNKNOWN -> "Something that a later version of Tidemark knows.";
    };
  }

  /** What is about to be written. */
  static List<String> lines(Statement statement) {
    List<String> lines = new ArrayList<>();
    lines.add(sentence(statement));
    switch (statement.kind()) {
      case FEEDBACK, REVOKE -> {}
      default -> lines.add("  when    " + span(statement, Statement.ALWAYS));
    }
    lines.add("  id      " + Printable.of(statement.id()));
    if (!statement.author().isEmpty()) {
      lines.add("  by      " + Printable.of(statement.author()));
    }
    if (!statement.reason().isEmpty()) {
      lines.add("  reason  " + Printable.of(statement.reason()));
    }
    return lines;
  }

  /** What people said about an alert, a sentence each. */
  static List<String> feedback(Book book, String alertId) {
    List<String> lines = new ArrayList<>();
    for (Statement said : book.feedback(alertId)) {
      String reason = said.reason().isEmpty() ? "" : ": " + Printable.of(said.reason());
      lines.add(
          "Feedback"
              + by(said)
              + ", "
              + time(said.written())
              + ": it"
              + verdict(said.verdict()).replaceFirst("\\.$", "")
              + reason
              + ".");
    }
    return lines;
  }

  /** A statement in a list: where it stands, what it says, and below it when, who and why. */
  static List<String> lines(Entry entry, long now) {
    Statement statement = entry.statement();
    String standing = entry.standing(now).name().toLowerCase(Locale.ROOT);
    String reason = statement.reason().isEmpty() ? "" : ": " + Printable.of(statement.reason());
    String indent = "          ";
    List<String> lines = new ArrayList<>();
    lines.add("%-8s  %s".formatted(standing, sentence(statement)));
    if (statement.kind() != Kind.FEEDBACK) {
      lines.add(indent + span(statement, statement.written()) + ended(entry, now));
    }
    lines.add(
        indent
            + Printable.of(statement.id())
            + ", written "
            + (statement.written() == Statement.ALWAYS ? "before" : time(statement.written()))
            + by(statement)
            + reason);
    return lines;
  }

  private static String ended(Entry entry, long now) {
    return switch (entry.standing(now)) {
      case REVOKED, REPLACED -> ", ended " + time(entry.ends());
      case COMING, HOLDS, EXPIRED -> "";
    };
  }

  private static String span(Statement statement, long written) {
    long begins = Math.max(statement.from(), written);
    String from = begins == Statement.ALWAYS ? "from its writing" : "from " + time(begins);
    return statement.until() == Statement.FOR_EVER
        ? from + " until taken back"
        : from + " to " + time(statement.until());
  }

  private static String alert(Selection about) {
    String subject = about.subject() == null ? "" : " about " + Printable.of(about.subject());
    return about.alertId() == null
        ? subject
        : subject + " with the id " + Printable.of(about.alertId());
  }

  private static String verdict(String verdict) {
    return switch (verdict) {
      case Statement.TRUE -> " was right.";
      case Statement.FALSE_ALARM -> " was a false alarm.";
      default -> ": " + Printable.of(verdict) + ".";
    };
  }

  private static String by(Statement statement) {
    return statement.author().isEmpty() ? "" : " by " + Printable.of(statement.author());
  }
}
