package io.tidemark.flow;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads what Cilium Hubble writes: {@code hubble observe -o jsonpb}, the exporter's file, bare
 * flows of older clients and of Kafka bridges, and Retina's Hubble-compatible output. One event per
 * record, possibly behind a CRI prefix and inside one shipper's object; several objects in one
 * record become {@link Parsed.Many}.
 *
 * <p>Not thread-safe: one parser per input partition.
 */
public final class HubbleParser implements FlowParser {

  /** Most events taken from one raw record. */
  private static final int MAX_EVENTS = 20_000;

  private static final Parsed NOT_A_FLOW_LINE = new Parsed.Skipped("not a flow line");
  private static final Parsed NO_ENDPOINTS = new Parsed.Skipped("flow without endpoints");

  /** Drop reasons that matter, by number, for records without {@code drop_reason_desc}. */
  private static final Map<Long, String> DROP_REASONS =
      Map.of(
          132L, "INVALID_SOURCE_IP",
          133L, "POLICY_DENIED",
          151L, "STALE_OR_UNROUTABLE_IP",
          155L, "CT_MAP_INSERTION_FAILED",
          158L, "SERVICE_BACKEND_NOT_FOUND",
          177L, "DENIED_BY_LB_SRC_RANGE_CHECK",
          181L, "POLICY_DENY",
          189L, "AUTH_REQUIRED",
          195L, "UNENCRYPTED_TRAFFIC");

  private final int maxBytes;
  private final HubbleRecord record = new HubbleRecord();
  private final HubbleLoss loss = new HubbleLoss();
  private final CompactHubble compact = new CompactHubble(record);
  private String lastNode;
  private String lastCluster;

  public HubbleParser() {
    this(RawRecord.DEFAULT_MAX_BYTES);
  }

  /**
   * @param maxBytes largest raw record that is parsed, in bytes, at least 1
   */
  public HubbleParser(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public Parsed parse(byte[] value, long recordTime) {
    Parsed usual = parseCompact(value, recordTime);
    return usual != null ? usual : parseFully(value, recordTime);
  }

  /** What nearly every record comes to, much sooner; {@code null} when it is not that clear. */
  Parsed parseCompact(byte[] value, long recordTime) {
    if (value == null || value.length > maxBytes || !compact.read(value)) {
      return null;
    }
    if (record.time == EventTime.NONE
        && compact.time() == EventTime.NONE
        && recordTime == EventTime.NONE) {
      return null;
    }
    if (!record.source.isKnown() || !record.destination.isKnown()) {
      return NO_ENDPOINTS;
    }
    long time = record.time != EventTime.NONE ? record.time : compact.time();
    return toParsed(time != EventTime.NONE ? time : recordTime, compact.node());
  }

  /** What every record comes to, whatever it looks like. */
  Parsed parseFully(byte[] value, long recordTime) {
    Parsed refused = RawRecord.refused(value, maxBytes);
    return refused != null ? refused : parseLine(value, recordTime, false);
  }

  private Parsed parseLine(byte[] line, long recordTime, boolean carried) {
    int content = RawRecord.contentStart(line);
    Unwrap.Cri cri = Unwrap.cri(line, content);
    boolean wrapped = carried || cri.start() != content;
    long time = cri.time() == EventTime.NONE ? recordTime : cri.time();
    if (wrapped && (cri.start() >= line.length || line[cri.start()] != '{')) {
      // The exporter's standard output carries the agent's own log as well.
      return NOT_A_FLOW_LINE;
    }
    List<Parsed> parts = new ArrayList<>(1);
    try (JsonParser p = JsonFields.open(line, cri.start())) {
      while (p.nextToken() != null) {
        if (p.currentToken() != JsonToken.START_OBJECT) {
          parts.add(Rejection.syntax("record", "not a JSON object").toBad());
          break;
        }
        if (parts.size() >= MAX_EVENTS) {
          parts.add(Rejection.tooLarge("record", "more than " + MAX_EVENTS + " events").toBad());
          break;
        }
        try {
          add(parts, parseObject(p, time, carried, wrapped));
        } catch (Rejection e) {
          // Before it is added: an object that turns out not to be JSON is bad for that reason.
          skipRest(p);
          parts.add(e.toBad());
        }
      }
    } catch (IOException e) {
      parts.add(JsonFields.bad(e));
    }
    return parts.size() == 1 ? parts.get(0) : new Parsed.Many(List.copyOf(parts));
  }

  private static void add(List<Parsed> parts, Parsed parsed) {
    if (parsed instanceof Parsed.Many many) {
      parts.addAll(many.parts());
    } else {
      parts.add(parsed);
    }
  }

  /** To the end of the object in which parsing stopped. */
  private static void skipRest(JsonParser p) throws IOException {
    while (!p.getParsingContext().inRoot() && p.nextToken() != null) {
      p.skipChildren();
    }
  }

  private Parsed parseObject(JsonParser p, long recordTime, boolean carried, boolean wrapped)
      throws IOException, Rejection {
    record.reset();
    loss.reset();
    Envelope envelope = new Envelope();
    while (p.nextToken() == JsonToken.FIELD_NAME) {
      String field = p.currentName();
      p.nextToken();
      readTopLevel(p, field, envelope, recordTime, carried);
    }
    if (envelope.kind == Kind.NONE && envelope.carriedText != null) {
      long time = envelope.time == EventTime.NONE ? recordTime : envelope.time;
      return parseLine(envelope.carriedText.getBytes(StandardCharsets.UTF_8), time, true);
    }
    if (envelope.kind == Kind.NONE && envelope.carriedObject != null) {
      return envelope.carriedObject;
    }
    return finish(envelope, recordTime, wrapped);
  }

  private enum Kind {
    NONE,
    BARE,
    FLOW,
    LOST,
    OTHER
  }

  /** What the top level of one object held. */
  private static final class Envelope {
    private Kind kind = Kind.NONE;
    private String other = "";
    private long time = EventTime.NONE;
    private String node;
    private int fields;
    private String carriedText;
    private Parsed carriedObject;
    private Rejection strange;
  }

  private void readTopLevel(
      JsonParser p, String field, Envelope envelope, long recordTime, boolean carried)
      throws IOException, Rejection {
    envelope.fields++;
    switch (field) {
      case "flow" -> {
        envelope.kind = Kind.FLOW;
        readFlow(p);
      }
      case "lost_events", "lostEvents" -> {
        envelope.kind = Kind.LOST;
        loss.read(p);
      }
      case "node_status", "agent_event", "debug_event" -> {
        envelope.kind = Kind.OTHER;
        envelope.other = field;
        p.skipChildren();
      }
      default -> {
        if (carried || !Unwrap.isCarrierField(field)) {
          readBareField(p, field, envelope);
        } else if (p.currentToken() == JsonToken.VALUE_STRING) {
          envelope.carriedText = p.getText();
        } else if (p.currentToken() == JsonToken.START_OBJECT && envelope.kind == Kind.NONE) {
          readCarriedObject(p, envelope, recordTime);
        } else {
          p.skipChildren();
        }
      }
    }
  }

  /** Of several objects that could be the carried one, the first that is a record counts. */
  private void readCarriedObject(JsonParser p, Envelope envelope, long recordTime)
      throws IOException, Rejection {
    Parsed parsed = parseObject(p, recordTime, true, true);
    if (envelope.carriedObject == null || envelope.carriedObject instanceof Parsed.Skipped) {
      envelope.carriedObject = parsed;
    }
  }

  /**
   * A field of the envelope or of a flow without envelope. A scalar that is no such field's value
   * is remembered, not refused: the object may be a shipper's, where names mean other things.
   */
  private void readBareField(JsonParser p, String field, Envelope envelope)
      throws IOException, Rejection {
    boolean scalar = p.currentToken().isScalarValue();
    try {
      if (envelope.carriedObject != null) {
        p.skipChildren();
      } else if (field.equals("time")) {
        envelope.time = JsonFields.time(p, field);
      } else if (envelope.kind == Kind.FLOW || envelope.kind == Kind.LOST) {
        if (field.equals("node_name") || field.equals("nodeName")) {
          envelope.node = JsonFields.text(p, record.cache(), field, HubbleRecord.MAX_NODE_NAME);
        } else {
          p.skipChildren();
        }
      } else if (!record.readField(field, p)) {
        p.skipChildren();
      } else if (isTelling(field) && envelope.kind == Kind.NONE) {
        envelope.kind = Kind.BARE;
      }
    } catch (Rejection e) {
      if (!scalar) {
        throw e;
      }
      envelope.strange = envelope.strange == null ? e : envelope.strange;
    }
  }

  /** Whether a field of this name is Hubble's and nobody else's. */
  static boolean isTelling(String field) {
    return switch (field) {
      case "flow",
          "lost_events",
          "lostEvents",
          "node_status",
          "agent_event",
          "debug_event",
          "verdict",
          "IP",
          "l4",
          "event_type",
          "traffic_direction",
          "is_reply" ->
          true;
      default -> false;
    };
  }

  private void readFlow(JsonParser p) throws IOException, Rejection {
    if (!JsonFields.object(p, "flow")) {
      return;
    }
    for (String field; (field = p.nextFieldName()) != null; ) {
      p.nextToken();
      if (!record.readField(field, p)) {
        compact.ignore(field);
        p.skipChildren();
      }
    }
  }

  private Parsed finish(Envelope envelope, long recordTime, boolean wrapped) throws Rejection {
    if (envelope.strange != null && (envelope.kind != Kind.NONE || !wrapped)) {
      throw envelope.strange;
    }
    long time = record.time != EventTime.NONE ? record.time : envelope.time;
    if (envelope.kind == Kind.OTHER) {
      return new Parsed.Skipped(envelope.other);
    }
    if (envelope.kind == Kind.LOST) {
      String node = envelope.node != null ? envelope.node : record.node;
      return loss.toParsed(time != EventTime.NONE ? time : recordTime, node);
    }
    if (envelope.kind == Kind.NONE) {
      if (envelope.fields == 0) {
        return new Parsed.Skipped("empty envelope");
      }
      if (wrapped) {
        return NOT_A_FLOW_LINE;
      }
      if (!record.source.isKnown() && !record.destination.isKnown()) {
        throw Rejection.unrecognised("a JSON object, but not one of Hubble's");
      }
    }
    if (!record.source.isKnown() || !record.destination.isKnown()) {
      return NO_ENDPOINTS;
    }
    if (time == EventTime.NONE) {
      time = recordTime;
    }
    if (time == EventTime.NONE) {
      throw Rejection.noTime();
    }
    return toParsed(time, envelope.node);
  }

  private Parsed toParsed(long time, String node) {
    return new Parsed.Of(toFlow(time, record.node != null ? record.node : node));
  }

  private Flow toFlow(long time, String node) {
    boolean reply = HubbleRules.isReply(record);
    String nodeCluster = clusterOf(node);
    Endpoint source = record.source.toEndpoint(nodeCluster);
    Endpoint destination = record.destination.toEndpoint(nodeCluster);
    return new Flow(
        Source.HUBBLE,
        time,
        reply ? destination : source,
        reply ? source : destination,
        record.protocol,
        reply ? record.destinationPort : record.sourcePort,
        reply ? record.sourcePort : record.destinationPort,
        HubbleRules.verdict(record.verdict),
        dropReason(),
        HubbleRules.vantage(record, reply),
        HubbleRules.phase(record, reply),
        reply,
        record.extensions.bytes(),
        record.extensions.packets(),
        Math.max(record.aggregate(), 1),
        record.aggregate() > 0,
        record.l7.dns(),
        record.l7.isPresent(),
        record.l7.http());
  }

  /** The cluster in a node's name; the last is remembered, because nodes come in runs. */
  @SuppressWarnings("ReferenceEquality")
  private String clusterOf(String node) {
    if (node != lastNode) {
      int slash = node == null ? -1 : node.indexOf('/');
      lastCluster = slash > 0 ? node.substring(0, slash) : null;
      lastNode = node;
    }
    return lastCluster;
  }

  /** The list grows with every minor release, so a name or number not known here is data. */
  private String dropReason() {
    if (record.dropReason != null && !record.dropReason.equals("DROP_REASON_UNKNOWN")) {
      return record.dropReason;
    }
    if (record.dropNumber > 0) {
      String name = DROP_REASONS.get(record.dropNumber);
      return name != null ? name : "REASON_" + record.dropNumber;
    }
    return record.extensions.dropReason();
  }
}
