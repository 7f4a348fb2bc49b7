package io.tidemark.flow;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * A Hubble {@code flow.Flow} while it is being read; any field may be missing. Field names and
 * numbers are those of Cilium's {@code api/v1/flow/flow.proto}. Reused from record to record.
 */
final class HubbleRecord {

  static final long UINT32 = 0xffff_ffffL;
  static final int MAX_NODE_NAME = 2 * HubbleSide.MAX_NAME + 1;

  private static final String[] VERDICTS = {
    null,
    "FORWARDED",
    "DROPPED",
    "ERROR",
    "AUDIT",
    "REDIRECTED",
    "TRACED",
    "TRANSLATED",
    null,
    null,
    null,
    null,
    null,
    null,
    null,
    "RETRANSMISSION",
    "DNS"
  };
  private static final String[] TYPES = {null, "L3_L4", "L7", "SOCK"};
  private static final String[] DIRECTIONS = {null, "INGRESS", "EGRESS"};
  private static final String[] TRACE_REASONS = {
    null, "NEW", "ESTABLISHED", "REPLY", "RELATED", "REOPENED"
  };
  private static final String[] POINTS = {
    null,
    "TO_PROXY",
    "TO_HOST",
    "TO_STACK",
    "TO_OVERLAY",
    "FROM_ENDPOINT",
    "FROM_PROXY",
    "FROM_HOST",
    "FROM_STACK",
    "FROM_OVERLAY",
    "FROM_NETWORK",
    "TO_NETWORK",
    "FROM_CRYPTO",
    "TO_CRYPTO"
  };
  private static final int TO_ENDPOINT = 101;

  private final TextCache cache = new TextCache();
  final HubbleSide source = new HubbleSide("source", cache);
  final HubbleSide destination = new HubbleSide("destination", cache);
  final HubbleL7 l7 = new HubbleL7(cache);
  final RetinaExtensions extensions = new RetinaExtensions();

  long time;
  String node;
  String type;
  String verdict;
  String dropReason;
  long dropNumber;
  int protocol;
  int sourcePort;
  int destinationPort;
  int icmpType;
  boolean hasFlags;
  boolean syn;
  boolean ack;
  boolean rst;
  Boolean isReply;
  long eventType;
  String direction;
  String observationPoint;
  String traceReason;
  private long aggregate;

  void reset() {
    source.reset();
    destination.reset();
    l7.reset();
    extensions.reset();
    time = EventTime.NONE;
    node = null;
    type = null;
    verdict = null;
    dropReason = null;
    dropNumber = 0;
    protocol = -1;
    sourcePort = 0;
    destinationPort = 0;
    icmpType = 0;
    hasFlags = false;
    syn = false;
    ack = false;
    rst = false;
    isReply = null;
    eventType = 0;
    direction = null;
    observationPoint = null;
    traceReason = null;
    aggregate = 0;
  }

  boolean isDrop() {
    return eventType == 1 || "DROPPED".equals(verdict);
  }

  boolean isPolicyVerdict() {
    return eventType == 5;
  }

  boolean isSocket() {
    return eventType == 7 || "SOCK".equals(type);
  }

  TextCache cache() {
    return cache;
  }

  /** Reads the value of one field of the flow; false, with the value unread, for other names. */
  boolean readField(String field, JsonParser p) throws IOException, Rejection {
    switch (field) {
      case "time" -> time = JsonFields.time(p, field);
      case "node_name", "nodeName" -> node = JsonFields.text(p, cache, field, MAX_NODE_NAME);
      case "Type" -> type = JsonFields.enumName(p, cache, field, TYPES);
      case "verdict" -> verdict = JsonFields.enumName(p, cache, field, VERDICTS);
      case "drop_reason", "dropReason" -> dropNumber = JsonFields.unsigned(p, field, UINT32);
      case "drop_reason_desc", "dropReasonDesc" -> readDropReason(field, p);
      case "IP" -> readIp(p);
      case "l4" -> readL4(p);
      case "source" -> source.read(p);
      case "destination" -> destination.read(p);
      case "source_names", "sourceNames" -> source.readDnsNames(p, field);
      case "destination_names", "destinationNames" -> destination.readDnsNames(p, field);
      case "l7" -> l7.read(p);
      case "is_reply", "isReply" ->
          isReply = p.currentToken() == JsonToken.VALUE_NULL ? null : JsonFields.bool(p, field);
      case "reply" -> {
        if (JsonFields.bool(p, field) && isReply == null) {
          isReply = true;
        }
      }
      case "event_type", "eventType" -> readEventType(p);
      case "traffic_direction", "trafficDirection" ->
          direction = JsonFields.enumName(p, cache, field, DIRECTIONS);
      case "trace_observation_point", "traceObservationPoint" -> readPoint(field, p);
      case "trace_reason", "traceReason" ->
          traceReason = JsonFields.enumName(p, cache, field, TRACE_REASONS);
      case "aggregate" -> readAggregate(p);
      case "extensions" -> extensions.read(p);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** A reason that the encoder had no name for comes as its number, and so becomes the name. */
  private void readDropReason(String field, JsonParser p) throws IOException, Rejection {
    if (p.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      dropNumber = JsonFields.unsigned(p, field, UINT32);
    } else {
      dropReason = JsonFields.enumName(p, cache, field);
    }
  }

  private void readPoint(String field, JsonParser p) throws IOException, Rejection {
    boolean number = p.currentToken() == JsonToken.VALUE_NUMBER_INT;
    observationPoint =
        number && p.getTextLength() == 3 && p.getIntValue() == TO_ENDPOINT
            ? "TO_ENDPOINT"
            : JsonFields.enumName(p, cache, field, POINTS);
  }

  private void readIp(JsonParser p) throws IOException, Rejection {
    if (!JsonFields.object(p, "IP")) {
      return;
    }
    for (String field; (field = p.nextFieldName()) != null; ) {
      p.nextToken();
      switch (field) {
        case "source" -> source.address(JsonFields.address(p, cache, "IP.source"));
        case "destination" -> destination.address(JsonFields.address(p, cache, "IP.destination"));
        default -> p.skipChildren();
      }
    }
  }

  private void readL4(JsonParser p) throws IOException, Rejection {
    if (!JsonFields.object(p, "l4")) {
      return;
    }
    for (String field; (field = p.nextFieldName()) != null; ) {
      p.nextToken();
      int number =
          switch (field) {
            case "TCP" -> Flow.TCP;
            case "UDP" -> Flow.UDP;
            case "SCTP" -> Flow.SCTP;
            case "ICMPv4" -> Flow.ICMP;
            case "ICMPv6" -> Flow.ICMPV6;
            case "VRRP" -> 112;
            case "IGMP" -> 2;
            default -> -1;
          };
      if (number < 0) {
        p.skipChildren();
      } else if (JsonFields.object(p, field)) {
        protocol = number;
        try {
          readProtocol(p);
        } catch (Rejection e) {
          throw e.in("l4." + field);
        }
      }
    }
  }

  private void readProtocol(JsonParser p) throws IOException, Rejection {
    for (String field; (field = p.nextFieldName()) != null; ) {
      p.nextToken();
      switch (field) {
        case "source_port", "sourcePort" ->
            sourcePort = (int) JsonFields.unsigned(p, field, 0xffff);
        case "destination_port", "destinationPort" ->
            destinationPort = (int) JsonFields.unsigned(p, field, 0xffff);
        case "type" -> icmpType = (int) JsonFields.unsigned(p, field, Integer.MAX_VALUE);
        case "flags" -> readFlags(p);
        default -> p.skipChildren();
      }
    }
  }

  private void readFlags(JsonParser p) throws IOException, Rejection {
    if (!JsonFields.object(p, "flags")) {
      return;
    }
    hasFlags = true;
    for (String flag; (flag = p.nextFieldName()) != null; ) {
      p.nextToken();
      boolean set = JsonFields.bool(p, flag);
      switch (flag) {
        case "SYN" -> syn = set;
        case "ACK" -> ack = set;
        case "RST" -> rst = set;
        default -> {
          // The others say nothing about who opened the connection.
        }
      }
    }
  }

  private void readEventType(JsonParser p) throws IOException, Rejection {
    if (!JsonFields.object(p, "event_type")) {
      return;
    }
    for (String field; (field = p.nextFieldName()) != null; ) {
      p.nextToken();
      if (field.equals("type")) {
        eventType = JsonFields.unsigned(p, "event_type.type", Integer.MAX_VALUE);
      } else {
        p.skipChildren();
      }
    }
  }

  private void readAggregate(JsonParser p) throws IOException, Rejection {
    if (!JsonFields.object(p, "aggregate")) {
      return;
    }
    for (String field; (field = p.nextFieldName()) != null; ) {
      p.nextToken();
      switch (field) {
        case "ingress_flow_count",
            "egress_flow_count",
            "unknown_direction_flow_count",
            "ingressFlowCount",
            "egressFlowCount",
            "unknownDirectionFlowCount" ->
            aggregate += JsonFields.unsigned(p, field, UINT32);
        default -> p.skipChildren();
      }
    }
  }

  /** Adds one of the exporter's counts. */
  void aggregate(long count) {
    aggregate += count;
  }

  long aggregate() {
    return aggregate;
  }
}
