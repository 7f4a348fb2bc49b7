package io.tidemark.flow;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads a Hubble flow as Cilium's exporter and client write it, {@code
 * {"flow":{...},"node_name":...,"time":...}}, without a general JSON reader. Whatever is unusual,
 * right or wrong, is left to {@link HubbleParser}, which reads everything; what is read here comes
 * out the same there.
 */
final class CompactHubble {

  /** What a field of a flow is for. */
  private enum Field {
    TIME,
    NODE_NAME,
    TYPE,
    VERDICT,
    DROP_REASON,
    DROP_REASON_DESC,
    IP,
    L4,
    SOURCE,
    DESTINATION,
    SOURCE_NAMES,
    DESTINATION_NAMES,
    L7,
    IS_REPLY,
    REPLY,
    EVENT_TYPE,
    TRAFFIC_DIRECTION,
    TRACE_OBSERVATION_POINT,
    TRACE_REASON,
    AGGREGATE,
    IGNORED
  }

  /** What a field below is for. */
  private enum Inner {
    FLOW,
    NODE_NAME,
    TIME,
    SOURCE,
    DESTINATION,
    TCP,
    UDP,
    SCTP,
    ICMPV4,
    ICMPV6,
    SOURCE_PORT,
    DESTINATION_PORT,
    TYPE,
    FLAGS,
    SYN,
    ACK,
    RST,
    COUNT,
    IGNORED
  }

  private final FieldNames<Inner> envelope =
      new FieldNames<Inner>()
          .with("flow", Inner.FLOW)
          .with("node_name", Inner.NODE_NAME)
          .with("time", Inner.TIME);
  private final FieldNames<Inner> ip =
      new FieldNames<Inner>()
          .with("source", Inner.SOURCE)
          .with("destination", Inner.DESTINATION)
          .with("ipVersion", Inner.IGNORED)
          .with("source_xlated", Inner.IGNORED)
          .with("encrypted", Inner.IGNORED);
  private final FieldNames<Inner> l4 =
      new FieldNames<Inner>()
          .with("TCP", Inner.TCP)
          .with("UDP", Inner.UDP)
          .with("SCTP", Inner.SCTP)
          .with("ICMPv4", Inner.ICMPV4)
          .with("ICMPv6", Inner.ICMPV6);
  private final FieldNames<Inner> protocol =
      new FieldNames<Inner>()
          .with("source_port", Inner.SOURCE_PORT)
          .with("destination_port", Inner.DESTINATION_PORT)
          .with("type", Inner.TYPE)
          .with("code", Inner.IGNORED)
          .with("flags", Inner.FLAGS);
  private final FieldNames<Inner> flags =
      new FieldNames<Inner>()
          .with("SYN", Inner.SYN)
          .with("ACK", Inner.ACK)
          .with("RST", Inner.RST)
          .with("FIN", Inner.IGNORED)
          .with("PSH", Inner.IGNORED)
          .with("URG", Inner.IGNORED)
          .with("ECE", Inner.IGNORED)
          .with("CWR", Inner.IGNORED)
          .with("NS", Inner.IGNORED);
  private final FieldNames<Inner> eventType =
      new FieldNames<Inner>().with("type", Inner.TYPE).with("sub_type", Inner.IGNORED);
  private final FieldNames<Inner> aggregate =
      new FieldNames<Inner>()
          .with("ingress_flow_count", Inner.COUNT)
          .with("egress_flow_count", Inner.COUNT)
          .with("unknown_direction_flow_count", Inner.COUNT);

  /** Fields of {@code flow.proto} that say nothing here, up to Cilium 1.19. */
  static final List<String> PASSED_OVER =
      List.of(
          "auth_type",
          "cgroup_id",
          "debug_capture_point",
          "destination_service",
          "egress_allowed_by",
          "egress_denied_by",
          "emitter",
          "ethernet",
          "file",
          "ingress_allowed_by",
          "ingress_denied_by",
          "interface",
          "ip_trace_id",
          "node_labels",
          "policy_log",
          "policy_match_type",
          "proxy_port",
          "sock_xlate_point",
          "socket_cookie",
          "source_service",
          "Summary",
          "trace_context",
          "tunnel",
          "uuid");

  private static final int MAX_LABEL = 1024;

  /** Names learned, so that made-up ones do not fill the table. */
  private static final int MAX_LEARNED = 64;

  private final HubbleRecord record;
  private final CompactJson json = new CompactJson();
  private final KnownEndpoints endpoints = new KnownEndpoints();
  private final char[] scratch = new char[MAX_LABEL];
  private final FieldNames<Field> flowFields = new FieldNames<>();
  private final Set<String> learned = new HashSet<>();
  private String node;
  private long time;

  /**
   * @param record where to leave what is read
   */
  CompactHubble(HubbleRecord record) {
    this.record = record;
    for (Field field : Field.values()) {
      if (field != Field.IGNORED) {
        flowFields.with(name(field), field);
      }
    }
    PASSED_OVER.forEach(name -> flowFields.with(name, Field.IGNORED));
  }

  /** Field names of {@code flow.proto} are snake case, these two excepted. */
  private static String name(Field field) {
    return switch (field) {
      case IP -> "IP";
      case TYPE -> "Type";
      default -> field.name().toLowerCase(Locale.ROOT);
    };
  }

  /**
   * Says that flows may have a field of this name, of which the full reader makes nothing: every
   * release of Cilium adds some. Only from the full reader is that learned, so that nothing is
   * passed over here that counts there.
   */
  void ignore(String field) {
    if (learned.size() < MAX_LEARNED && learned.add(field) && isPlain(field)) {
      flowFields.with(field, Field.IGNORED);
    }
  }

  private static boolean isPlain(String name) {
    return name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || c == '_');
  }

  /** The envelope's node, {@code null} if it names none. */
  String node() {
    return node;
  }

  /** The envelope's time, {@link EventTime#NONE} if it has none. */
  long time() {
    return time;
  }

  /** Reads one flow; false, with nonsense in the record, when this is not such a line. */
  boolean read(byte[] line) {
    node = null;
    time = EventTime.NONE;
    json.open(line);
    if (json.first(envelope) != Inner.FLOW) {
      return false;
    }
    record.reset();
    readFlow();
    for (Inner field; (field = json.next(envelope)) != null; ) {
      if (field == Inner.NODE_NAME && node == null) {
        node = json.word(HubbleRecord.MAX_NODE_NAME);
      } else if (field == Inner.TIME && time == EventTime.NONE) {
        time = json.time();
      } else {
        json.fail();
      }
    }
    return json.ended();
  }

  private void readFlow() {
    int seen = 0;
    for (Field f = json.first(flowFields); f != null; f = json.next(flowFields)) {
      if (f == Field.IGNORED) {
        json.skip();
      } else if ((seen & (1 << f.ordinal())) != 0) {
        json.fail();
      } else {
        seen |= 1 << f.ordinal();
        readField(f);
      }
    }
  }

  private void readField(Field field) {
    switch (field) {
      case TIME -> record.time = json.time();
      case NODE_NAME -> record.node = json.word(HubbleRecord.MAX_NODE_NAME);
      case TYPE -> record.type = json.word(JsonFields.MAX_ENUM);
      case VERDICT -> record.verdict = json.word(JsonFields.MAX_ENUM);
      case DROP_REASON -> record.dropNumber = json.number(HubbleRecord.UINT32);
      case DROP_REASON_DESC -> record.dropReason = json.word(JsonFields.MAX_ENUM);
      case IP -> readIp();
      case L4 -> readL4();
      case SOURCE -> record.source.read(json, endpoints, scratch);
      case DESTINATION -> record.destination.read(json, endpoints, scratch);
      case SOURCE_NAMES -> record.source.readDnsNames(json);
      case DESTINATION_NAMES -> record.destination.readDnsNames(json);
      case L7 -> record.l7.read(json);
      case IS_REPLY -> record.isReply = json.bool();
      case REPLY -> {
        if (json.bool() && record.isReply == null) {
          record.isReply = true;
        }
      }
      case EVENT_TYPE -> readEventType();
      case TRAFFIC_DIRECTION -> record.direction = json.word(JsonFields.MAX_ENUM);
      case TRACE_OBSERVATION_POINT -> record.observationPoint = json.word(JsonFields.MAX_ENUM);
      case TRACE_REASON -> record.traceReason = json.word(JsonFields.MAX_ENUM);
      case AGGREGATE -> readAggregate();
      case IGNORED -> json.skip();
    }
  }

  private void readIp() {
    for (Inner field = json.first(ip); field != null; field = json.next(ip)) {
      if (field == Inner.SOURCE) {
        record.source.address(json.address());
      } else if (field == Inner.DESTINATION) {
        record.destination.address(json.address());
      } else {
        json.skip();
      }
    }
  }

  private void readL4() {
    for (Inner field = json.first(l4); field != null; field = json.next(l4)) {
      record.protocol =
          switch (field) {
            case TCP -> Flow.TCP;
            case UDP -> Flow.UDP;
            case SCTP -> Flow.SCTP;
            case ICMPV4 -> Flow.ICMP;
            default -> Flow.ICMPV6;
          };
      readProtocol();
    }
  }

  private void readProtocol() {
    for (Inner field = json.first(protocol); field != null; field = json.next(protocol)) {
      if (field == Inner.SOURCE_PORT) {
        record.sourcePort = (int) json.number(0xffff);
      } else if (field == Inner.DESTINATION_PORT) {
        record.destinationPort = (int) json.number(0xffff);
      } else if (field == Inner.FLAGS) {
        readFlags();
      } else if (field == Inner.TYPE) {
        record.icmpType = (int) json.number(Integer.MAX_VALUE);
      } else {
        json.skip();
      }
    }
  }

  private void readFlags() {
    record.hasFlags = true;
    for (Inner field = json.first(flags); field != null; field = json.next(flags)) {
      boolean set = json.bool();
      if (field == Inner.SYN) {
        record.syn = set;
      } else if (field == Inner.ACK) {
        record.ack = set;
      } else if (field == Inner.RST) {
        record.rst = set;
      }
    }
  }

  private void readEventType() {
    for (Inner field = json.first(eventType); field != null; field = json.next(eventType)) {
      if (field == Inner.TYPE) {
        record.eventType = json.number(Integer.MAX_VALUE);
      } else {
        json.skip();
      }
    }
  }

  private void readAggregate() {
    for (Inner field = json.first(aggregate); field != null; field = json.next(aggregate)) {
      record.aggregate(json.number(HubbleRecord.UINT32));
    }
  }
}
