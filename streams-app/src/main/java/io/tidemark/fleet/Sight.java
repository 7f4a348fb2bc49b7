package io.tidemark.fleet;

/**
 * The kinds of record an agent writes at monitor aggregation {@code medium}: where a packet was
 * seen and what the datapath knew about it. Values as in Cilium 1.19, {@code
 * api/v1/flow/flow.proto} and {@code pkg/monitor/api}.
 */
@SuppressWarnings("ImmutableEnumChecker") // its arrays are only read once made
enum Sight {
  OPEN_AT_CLIENT(trace(3, "EGRESS", "TO_STACK", "NEW", false)),
  OPEN_AT_OVERLAY(trace(4, null, "TO_OVERLAY", "NEW", false)),
  OPEN_AT_SERVER(trace(0, "INGRESS", "TO_ENDPOINT", "NEW", false)),
  /** A probe by the kubelet, as some agents report it. */
  OPEN_AT_SERVER_EGRESS(trace(0, "EGRESS", "TO_ENDPOINT", "NEW", false)),
  REPLY_AT_CLIENT(trace(0, "EGRESS", "TO_ENDPOINT", "REPLY", true)),
  REPLY_AT_SERVER(trace(3, "INGRESS", "TO_STACK", "REPLY", true)),
  ONGOING_AT_CLIENT(trace(3, "EGRESS", "TO_STACK", "ESTABLISHED", false)),
  ONGOING_AT_SERVER(trace(0, "INGRESS", "TO_ENDPOINT", "ESTABLISHED", false)),
  DENIED_EGRESS_VERDICT(denial(5, 0, "EGRESS", null)),
  DENIED_EGRESS(denial(1, 133, "EGRESS", "bpf_lxc.c")),
  DENIED_INGRESS_VERDICT(denial(5, 0, "INGRESS", null)),
  DENIED_INGRESS(denial(1, 133, "INGRESS", "bpf_lxc.c")),
  DNS_QUERY("\"event_type\":{\"type\":129},\"traffic_direction\":\"EGRESS\",\"is_reply\":false,"),
  DNS_ANSWER(
      "\"reply\":true,\"event_type\":{\"type\":129},\"traffic_direction\":\"EGRESS\","
          + "\"is_reply\":true,"),
  /** By the proxy in front of a server that has a policy of layer 7. */
  HTTP_REQUEST(
      "\"event_type\":{\"type\":129},\"traffic_direction\":\"INGRESS\",\"is_reply\":false,"),
  HTTP_RESPONSE(
      "\"reply\":true,\"event_type\":{\"type\":129},\"traffic_direction\":\"INGRESS\","
          + "\"is_reply\":true,"),
  /**
   * No packet: that some were not seen. The ports are their number and the milliseconds it took.
   */
  LOST("");

  private final byte[] verdict;
  private final byte[] tail;

  Sight(String tail) {
    boolean denied = tail.contains("drop_reason_desc");
    this.verdict =
        Node.ascii(
            denied ? "\"verdict\":\"DROPPED\",\"drop_reason\":133," : "\"verdict\":\"FORWARDED\",");
    this.tail = Node.ascii(tail);
  }

  private static String trace(
      int subType, String direction, String point, String reason, boolean reply) {
    return (reply ? "\"reply\":true," : "")
        + eventType(4, subType)
        + (direction == null ? "" : "\"traffic_direction\":\"" + direction + "\",")
        + "\"trace_observation_point\":\""
        + point
        + "\",\"trace_reason\":\""
        + reason
        + "\",\"is_reply\":"
        + reply
        + ",";
  }

  /** A denied packet makes a verdict and a drop; neither says whether it was a reply. */
  private static String denial(int type, int subType, String direction, String file) {
    return eventType(type, subType)
        + "\"traffic_direction\":\""
        + direction
        + "\","
        + (file == null ? "" : "\"file\":{\"name\":\"" + file + "\",\"line\":1418},")
        + "\"drop_reason_desc\":\"POLICY_DENIED\",";
  }

  /** Defaults are left out, as everywhere in the encoding. */
  private static String eventType(int type, int subType) {
    return "\"event_type\":{\"type\":"
        + type
        + (subType == 0 ? "" : ",\"sub_type\":" + subType)
        + "},";
  }

  byte[] verdict() {
    return verdict;
  }

  /** The fields from {@code reply} to {@code is_reply}. */
  byte[] tail() {
    return tail;
  }

  boolean l7() {
    return switch (this) {
      case DNS_QUERY, DNS_ANSWER, HTTP_REQUEST, HTTP_RESPONSE -> true;
      default -> false;
    };
  }

  boolean asks() {
    return this == DNS_QUERY || this == HTTP_REQUEST;
  }

  /** Whether it was seen where the packet enters the destination's pod. */
  boolean atEndpoint() {
    return switch (this) {
      case OPEN_AT_SERVER, OPEN_AT_SERVER_EGRESS, REPLY_AT_CLIENT, ONGOING_AT_SERVER -> true;
      default -> false;
    };
  }
}
