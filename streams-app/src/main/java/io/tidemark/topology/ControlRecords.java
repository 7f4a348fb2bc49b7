package io.tidemark.topology;

import io.tidemark.control.Kind;
import io.tidemark.control.Selection;
import io.tidemark.control.Statement;
import io.tidemark.schemas.Control;
import io.tidemark.schemas.ControlKind;
import java.time.Instant;

/** Statements as records of the control topic. */
public final class ControlRecords {

  private ControlRecords() {}

  /**
   * The record's value; the time it is written at is not part of it.
   *
   * @throws IllegalArgumentException for {@link Kind#REVOKE}, which is a record without a value
   */
  public static Control of(Statement statement) {
    if (statement.kind() == Kind.REVOKE) {
      throw new IllegalArgumentException("a revocation has no value");
    }
    Selection selection = statement.selection();
    boolean always = statement.from() == Statement.ALWAYS;
    boolean forEver = statement.until() == Statement.FOR_EVER;
    return new Control(
        statement.id(),
        ControlKind.valueOf(statement.kind().name()),
        selection.workload(),
        selection.detector(),
        selection.subject(),
        selection.alertId(),
        statement.verdict().isEmpty() ? null : statement.verdict(),
        Instant.ofEpochMilli(always ? 0 : statement.from()),
        forEver ? null : Instant.ofEpochMilli(statement.until()),
        statement.reason(),
        statement.author());
  }

  /**
   * The statement that a record makes.
   *
   * @param id the record's key
   * @param value {@code null} if it takes back what was said
   * @param written when it was written, milliseconds since the epoch
   * @throws IllegalArgumentException if it is no statement
   */
  public static Statement toStatement(String id, Control value, long written) {
    if (id == null) {
      throw new IllegalArgumentException("the record has no key, which would be the id");
    }
    if (value == null) {
      return Statement.revoke(id, "", "", written);
    }
    if (!id.equals(value.getId())) {
      throw new IllegalArgumentException("key " + id + " is not the id " + value.getId());
    }
    Instant until = value.getUntil();
    long from = value.getFrom().toEpochMilli();
    return new Statement(
        id,
        kind(value.getKind()),
        new Selection(
            value.getWorkload(), value.getDetector(), value.getSubject(), value.getAlertId()),
        orEmpty(value.getVerdict()),
        from <= 0 ? Statement.ALWAYS : from,
        until == null ? Statement.FOR_EVER : until.toEpochMilli(),
        value.getReason(),
        value.getAuthor(),
        written);
  }

  private static Kind kind(ControlKind kind) {
    return switch (kind) {
      case SUPPRESS -> Kind.SUPPRESS;
      case FEEDBACK -> Kind.FEEDBACK;
      case FREEZE -> Kind.FREEZE;
      case MAINTENANCE -> Kind.MAINTENANCE;
      case FORGET -> Kind.FORGET;
      case UNKNOWN -> Kind.UNKNOWN;
    };
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
