package io.tidemark.fleet;

/**
 * One packet seen by one agent, before it is written.
 *
 * @param time event time, nanoseconds since the epoch
 * @param serial number within its talker, which decides ties and makes the uuid
 * @param node whose agent saw it
 * @param source sender of the packet
 * @param destination receiver of the packet
 * @param sourcePort port of the sender
 * @param destinationPort port of the receiver
 * @param sight where it was seen
 * @param flags TCP flags, {@link Flags#NONE} for UDP
 * @param message what the proxy read, {@code null} unless the sight is of layer 7
 */
record Sighting(
    long time,
    int serial,
    Node node,
    Side source,
    Side destination,
    int sourcePort,
    int destinationPort,
    Sight sight,
    Flags flags,
    Message message) {

  /** When it joins the stream: nodes hand in their records with a small delay of their own. */
  long due() {
    return time + node.lagNanos();
  }

  boolean touches(Workload workload) {
    return belongs(source, workload) || belongs(destination, workload);
  }

  private static boolean belongs(Side side, Workload workload) {
    return side instanceof Pod pod && pod.workload().equals(workload);
  }
}
