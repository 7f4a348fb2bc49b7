package io.tidemark.demo;

import io.tidemark.fleet.Fleet;
import io.tidemark.fleet.Incident;
import io.tidemark.fleet.Line;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * What will happen, in event time (milliseconds since the epoch).
 *
 * @param from start of the history
 * @param live its end, where event time begins to run with the clock
 * @param end end of it all, exclusive
 * @param incidents what goes wrong between {@code live} and {@code end}, in order
 * @param lines what the nodes write meanwhile; read once
 */
public record Script(
    Fleet fleet, long from, long live, long end, List<Incident> incidents, Iterator<Line> lines) {

  public Script {
    if (from > live || live > end) {
      throw new IllegalArgumentException("times not in order: " + from + ", " + live + ", " + end);
    }
    incidents = List.copyOf(incidents);
  }

  /** An incident in words, such as {@code port scan by shop/cart on shop/catalog-db}. */
  static String words(Incident incident) {
    String who = incident.workload().title();
    String whom = incident.peer() == null ? "" : incident.peer().title();
    String amount = String.format(Locale.ROOT, "%.0f", incident.amount());
    return switch (incident.kind()) {
      case PORT_SCAN -> "port scan by " + who + " on " + whom;
      case HOST_SWEEP -> "host sweep by " + who + " over port " + incident.port();
      case NEW_PEER -> who + " talks to " + whom + " for the first time";
      case PORT_USE -> who + " is called on port " + incident.port() + ", which it never served";
      case VOLUME_SPIKE -> who + " calls " + whom + " " + amount + " times as often";
      case SILENCE -> who + " falls silent";
      case DNS_TUNNEL -> "DNS tunnel from " + who + " by way of " + incident.name();
      case DNS_DGA -> who + " looks up domains that do not exist";
    };
  }

  /** What goes on at an event time, {@code null} while all is quiet. */
  Incident at(long eventTime) {
    for (Incident incident : incidents) {
      if (incident.covers(eventTime)) {
        return incident;
      }
    }
    return null;
  }
}
