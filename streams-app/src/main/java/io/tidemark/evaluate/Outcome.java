package io.tidemark.evaluate;

import java.util.List;

/**
 * What became of one event.
 *
 * @param finders claims that found it, the first told first
 * @param elsewhere claims that tell of it, but are not what the event asks for
 * @param minor claims that tell of it, but of too little severity to count
 */
public record Outcome(Event event, List<Claim> finders, List<Claim> elsewhere, List<Claim> minor) {

  public boolean found() {
    return !finders.isEmpty();
  }

  /** From the event's start to the first claim told, milliseconds; only of what was found. */
  public long delay() {
    return Math.max(0, finders.get(0).told() - event.start());
  }

  /** Whether the claim that found it had begun before: it may be about something else. */
  public boolean openBefore() {
    return found() && finders.get(0).told() < event.start();
  }
}
