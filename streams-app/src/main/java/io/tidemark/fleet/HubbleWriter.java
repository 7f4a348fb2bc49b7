package io.tidemark.fleet;

import java.time.Instant;

/**
 * Writes sightings as the Hubble exporter does: protojson with proto field names, defaults left
 * out, fields in the order of {@code flow.proto}, one object a line, compact. Not thread-safe.
 */
final class HubbleWriter {
  private static final byte[] EMITTER =
      Node.ascii("\",\"emitter\":{\"name\":\"Hubble\",\"version\":\"1.19.4+g7c1e02d5\"},");
  private static final byte[] OVERLAY =
      Node.ascii("\"interface\":{\"index\":6,\"name\":\"cilium_vxlan\"},");
  private static final byte[] IP = Node.ascii("\"IP\":{\"source\":\"");
  private static final byte[] IP_DESTINATION = Node.ascii("\",\"destination\":\"");
  private static final byte[] L4_TCP =
      Node.ascii("\",\"ipVersion\":\"IPv4\"},\"l4\":{\"TCP\":{\"source_port\":");
  private static final byte[] L4_UDP =
      Node.ascii("\",\"ipVersion\":\"IPv4\"},\"l4\":{\"UDP\":{\"source_port\":");
  private static final byte[] DESTINATION_PORT = Node.ascii(",\"destination_port\":");
  private static final byte[] SOURCE = Node.ascii("}},\"source\":");
  private static final byte[] DESTINATION = Node.ascii(",\"destination\":");
  private static final byte[] TYPE_L3_L4 = Node.ascii(",\"Type\":\"L3_L4\",\"node_name\":");
  private static final byte[] TYPE_L7 = Node.ascii(",\"Type\":\"L7\",\"node_name\":");
  private static final byte[] NODE_LABELS = Node.ascii(",\"node_labels\":");
  private static final byte[] SUMMARY = Node.ascii("\"Summary\":\"");
  private static final byte[] END_OF_FLOW = Node.ascii("\"},\"node_name\":");

  private final ByteSink out = new ByteSink();
  private final boolean nodeLabels;
  private long second = Long.MIN_VALUE;
  private byte[] secondText = {};

  HubbleWriter(boolean nodeLabels) {
    this.nodeLabels = nodeLabels;
  }

  /** One line without its line end; {@code talker} and the serial make the uuid. */
  byte[] write(Sighting s, long talker) {
    if (s.sight() == Sight.LOST) {
      return loss(s);
    }
    out.clear().put("{\"flow\":{\"time\":\"");
    time(s.time());
    out.put("\",\"uuid\":\"");
    uuid(Dice.hash(talker, s.serial()), Dice.hash(~talker, s.serial()));
    out.put(EMITTER).put(s.sight().verdict());
    if (!s.sight().l7()) {
      ethernet(s);
    }
    out.put(IP).put(s.source().address()).put(IP_DESTINATION).put(s.destination().address());
    out.put(s.flags() == Flags.NONE ? L4_UDP : L4_TCP).put(s.sourcePort());
    out.put(DESTINATION_PORT).put(s.destinationPort()).put(s.flags().json());
    out.put(SOURCE).put(s.source().json(s.node()));
    out.put(DESTINATION).put(s.destination().json(s.node()));
    out.put(s.sight().l7() ? TYPE_L7 : TYPE_L3_L4).put(s.node().nameJson());
    if (nodeLabels) {
      out.put(NODE_LABELS).put(s.node().labelsJson());
    }
    out.put(",");
    names("source_names", s.source().domain());
    names("destination_names", s.destination().domain());
    if (s.sight().asks()) {
      s.message().writeQuery(out);
    } else if (s.sight().l7()) {
      s.message().writeAnswer(out);
    }
    out.put(s.sight().tail());
    device(s);
    out.put(SUMMARY);
    summary(s);
    out.put(END_OF_FLOW).put(s.node().nameJson()).put(",\"time\":\"");
    time(s.time());
    return out.put("\"}").copy();
  }

  /** A node's notice that it could not keep up. */
  private byte[] loss(Sighting s) {
    out.clear().put("{\"lost_events\":{\"source\":\"HUBBLE_RING_BUFFER\",\"num_events_lost\":\"");
    out.put(s.sourcePort()).put("\",\"first\":\"");
    time(s.time() - s.destinationPort() * 1_000_000L);
    out.put("\",\"last\":\"");
    time(s.time());
    out.put("\"},\"node_name\":").put(s.node().nameJson()).put(",\"time\":\"");
    time(s.time());
    return out.put("\"}").copy();
  }

  private void ethernet(Sighting s) {
    if (s.sight().atEndpoint() || !(s.source() instanceof Pod)) {
      if (s.destination() instanceof Pod pod) {
        out.put(pod.ethernetIn());
      }
    } else if (s.source() instanceof Pod pod) {
      out.put(pod.ethernetOut());
    }
  }

  private void names(String field, byte[] domain) {
    if (domain != null) {
      out.put("\"").put(field).put("\":[\"").put(domain).put("\"],");
    }
  }

  private void device(Sighting s) {
    if (s.sight().atEndpoint() && s.destination() instanceof Pod pod) {
      out.put(pod.interfaceJson());
    } else if (s.sight() == Sight.OPEN_AT_OVERLAY) {
      out.put(OVERLAY);
    }
  }

  private void summary(Sighting s) {
    switch (s.sight()) {
      case DNS_QUERY, HTTP_REQUEST -> s.message().writeQuerySummary(out);
      case DNS_ANSWER, HTTP_RESPONSE -> s.message().writeAnswerSummary(out);
      default -> out.put(s.flags().summary());
    }
  }

  /** RFC 3339 with 0, 3, 6 or 9 digits of a second, as protojson prints timestamps. */
  private void time(long nanos) {
    long wholeSeconds = Math.floorDiv(nanos, 1_000_000_000L);
    if (wholeSeconds != second) {
      second = wholeSeconds;
      String text = Instant.ofEpochSecond(wholeSeconds).toString();
      secondText = Node.ascii(text.substring(0, text.length() - 1));
    }
    out.put(secondText);
    long rest = nanos - wholeSeconds * 1_000_000_000L;
    if (rest % 1_000_000 == 0) {
      if (rest != 0) {
        out.put(".").padded(rest / 1_000_000, 3);
      }
    } else if (rest % 1_000 == 0) {
      out.put(".").padded(rest / 1_000, 6);
    } else {
      out.put(".").padded(rest, 9);
    }
    out.put("Z");
  }

  /** A random uuid, version 4, variant 1. */
  private void uuid(long high, long low) {
    out.hex(high >>> 32, 8).put("-").hex(high >>> 16, 4).put("-4").hex(high, 3).put("-");
    out.hex(8 | (low >>> 62), 1).hex(low >>> 48, 3).put("-").hex(low, 12);
  }
}
