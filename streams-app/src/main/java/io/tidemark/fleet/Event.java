package io.tidemark.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * One incident of a history as an evaluation knows it.
 *
 * @param id unique in the history
 * @param kind what happens, such as {@code port-scan}
 * @param variant how, such as {@code one-a-minute}
 * @param start milliseconds since the epoch
 * @param end exclusive
 * @param workload {@code cluster/namespace/kind/name} of who does it or to whom it happens, the
 *     name of a node where a whole node is concerned
 * @param source who opens the connections: a workload, or an address outside; empty if nobody does
 * @param destination who is called: a workload, a domain or an address outside; empty if nobody is,
 *     or many are
 * @param involved workloads other than these that see something of it, such as name servers
 * @param detectors names of those whose alert counts as having found it, the most apt first
 */
public record Event(
    String id,
    String kind,
    String variant,
    long start,
    long end,
    String workload,
    String source,
    String destination,
    List<String> involved,
    List<String> detectors) {

  public Event {
    if (start < 0 || end <= start || detectors.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s: %d to %d, found by %s", id, start, end, detectors));
    }
    involved = List.copyOf(involved);
    detectors = List.copyOf(detectors);
  }

  Event involving(List<String> others) {
    return new Event(
        id, kind, variant, start, end, workload, source, destination, others, detectors);
  }

  /** One entry of an events file; absent sides are left out. */
  public String json() {
    return String.format(
        Locale.ROOT,
        "{\"id\":\"%s\",\"kind\":\"%s\",\"variant\":\"%s\",\"start\":\"%s\",\"end\":\"%s\","
            + "\"workload\":\"%s\",%s%s%s\"detectors\":%s}",
        id,
        kind,
        variant,
        Instant.ofEpochMilli(start),
        Instant.ofEpochMilli(end),
        workload,
        source.isEmpty() ? "" : "\"source\":\"" + source + "\",",
        destination.isEmpty() ? "" : "\"destination\":\"" + destination + "\",",
        involved.isEmpty() ? "" : "\"involved\":" + list(involved) + ",",
        list(detectors));
  }

  private static String list(List<String> words) {
    return "[\"" + String.join("\",\"", words) + "\"]";
  }
}
