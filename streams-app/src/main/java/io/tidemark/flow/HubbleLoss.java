package io.tidemark.flow;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** A Hubble {@code lost_events} notice while it is being read. */
final class HubbleLoss {

  private long lost;
  private long first;
  private long last;

  void reset() {
    lost = 0;
    first = EventTime.NONE;
    last = EventTime.NONE;
  }

  void read(JsonParser p) throws IOException, Rejection {
    if (!JsonFields.object(p, "lost_events")) {
      return;
    }
    try {
      for (String field; (field = p.nextFieldName()) != null; ) {
        p.nextToken();
        switch (field) {
          case "num_events_lost", "numEventsLost" -> lost = JsonFields.count(p, field);
          case "first" -> first = JsonFields.time(p, field);
          case "last" -> last = JsonFields.time(p, field);
          default -> p.skipChildren();
        }
      }
    } catch (Rejection e) {
      throw e.in("lost_events");
    }
  }

  /**
   * The notice as read.
   *
   * @param noticed time of the envelope or of the raw record; {@code last} stands in for it
   */
  Parsed toParsed(long noticed, String node) throws Rejection {
    long time = noticed != EventTime.NONE ? noticed : last;
    if (time == EventTime.NONE) {
      throw Rejection.noTime();
    }
    long from = first == EventTime.NONE ? time : Math.min(first, time);
    return new Parsed.Loss(Source.HUBBLE, time, node == null ? "" : node, lost, from);
  }
}
