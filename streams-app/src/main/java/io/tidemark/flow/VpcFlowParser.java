package io.tidemark.flow;

import com.fasterxml.jackson.core.JsonParser;
import io.tidemark.flow.VpcFormat.Field;
import java.util.List;

/**
 * Reads AWS VPC flow logs as text, versions 2 to 11: lines of an S3 file after its header, bare
 * lines in a configured order, CloudWatch subscription envelopes. A header line sets the order of
 * the lines after it, and is this parser's {@link #memory()}.
 *
 * <p>Event time is the record's {@code end}: the traffic lies between {@code start} and {@code
 * end}, up to ten minutes apart, and no record can be delivered before its end. Where a format
 * lacks it {@code start} stands in, then what the carrier says, then the topic's time.
 *
 * <p>Not thread-safe: one parser per input partition.
 */
public final class VpcFlowParser implements FlowParser {

  private static final Parsed HEADER = new Parsed.Skipped("header");

  /** Endpoints remembered, so that an address is the same instance from line to line. */
  private static final int ENDPOINTS = 1 << 12;

  private final Endpoint[] endpoints = new Endpoint[ENDPOINTS];
  private final VpcFields fields = new VpcFields();
  private final CarriedLines lines;
  private VpcFormat format;
  private String header = "";

  /** Version 2's order until a header says otherwise. */
  public VpcFlowParser() {
    this(List.of(), RawRecord.DEFAULT_MAX_BYTES);
  }

  /**
   * @param fields field names in the order of the lines, as AWS writes them or with {@code _} or in
   *     camelCase; empty for version 2's
   * @param maxBytes largest raw record that is parsed, in bytes, at least 1
   * @throws IllegalArgumentException when {@code fields} is not such a list, naming the field
   */
  public VpcFlowParser(List<String> fields, int maxBytes) {
    this.format = fields.isEmpty() ? VpcFormat.DEFAULT : VpcFormat.of(fields);
    this.lines = new CarriedLines(new Lines(), maxBytes);
  }

  @Override
  public Parsed parse(byte[] value, long recordTime) {
    return lines.parse(value, recordTime);
  }

  /** The last header line, empty while there was none. */
  @Override
  public String memory() {
    return header;
  }

  /** Ignores what is not a header line, so that a damaged memory is no worse than none. */
  @Override
  public void restore(String memory) {
    VpcFormat remembered = VpcFormat.ofHeader(memory);
    if (remembered != null) {
      format = remembered;
      header = memory;
    }
  }

  /** Whether this line of text can be a header or a line in the current order. */
  boolean recognises(String line) {
    if (VpcFormat.ofHeader(line) != null) {
      return true;
    }
    fields.split(line);
    if (fields.looksDefault()) {
      return true;
    }
    if (fields.count() != format.size()) {
      return false;
    }
    fields.readAs(format);
    String status = fields.text(Field.LOG_STATUS);
    String address = fields.text(Field.SRCADDR);
    String packetAddress = fields.text(Field.PKT_SRCADDR);
    return "NODATA".equals(status)
        || "SKIPDATA".equals(status)
        || (address != null && IpText.canonical(address) != null)
        || (packetAddress != null && IpText.canonical(packetAddress) != null);
  }

  private final class Lines implements CarriedLines.Format {

    @Override
    public Parsed text(String line, long time) {
      VpcFormat order = VpcFormat.ofHeader(line);
      if (order != null) {
        format = order;
        header = order.header();
        return HEADER;
      }
      try {
        return readLine(line, time);
      } catch (Rejection e) {
        return e.toBad();
      }
    }

    @Override
    public CarriedLines.JsonLine object() {
      return new NoJsonLine();
    }
  }

  /** Flow logs as text have no JSON form of their own; an object only ever carries a line. */
  private static final class NoJsonLine implements CarriedLines.JsonLine {

    @Override
    public boolean field(String name, JsonParser p) {
      return false;
    }

    @Override
    public Parsed finish(long time, String badTime) {
      return null;
    }

    @Override
    public Parsed unknown(boolean carried) {
      return Rejection.unrecognised("a JSON object that carries no flow log line").toBad();
    }
  }

  private Parsed readLine(String line, long recordTime) throws Rejection {
    if (!holdsValue(line)) {
      return new Parsed.Skipped("no field holds a value");
    }
    fields.split(line);
    if (fields.count() == 0) {
      return new Parsed.Skipped("comment");
    }
    if (fields.count() == format.size()) {
      fields.readAs(format);
    } else if (fields.looksDefault()) {
      fields.readAs(VpcFormat.DEFAULT);
    } else {
      throw Rejection.syntax(
          "line", "expected " + format.size() + " fields, found " + fields.count());
    }
    long end = fields.time(Field.END);
    long start = fields.time(Field.START);
    long time = end != EventTime.NONE ? end : start != EventTime.NONE ? start : recordTime;
    String status = fields.name(Field.LOG_STATUS, "OK");
    if (status.equals("NODATA")) {
      return new Parsed.Skipped("NODATA");
    }
    if (!status.equals("OK") && !status.equals("SKIPDATA")) {
      throw Rejection.field("log-status", "expected OK, NODATA or SKIPDATA", status);
    }
    if (time == EventTime.NONE) {
      return new Parsed.Skipped("no event time in the line, its carrier or its topic");
    }
    if (status.equals("SKIPDATA")) {
      long first = start == EventTime.NONE ? time : Math.min(start, time);
      return new Parsed.Loss(Source.VPC_FLOW, time, fields.name(Field.INTERFACE_ID, ""), 0, first);
    }
    return readFlow(time);
  }

  private static boolean holdsValue(String line) {
    for (int i = 0; i < line.length(); i++) {
      if (Character.isLetterOrDigit(line.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private Parsed readFlow(long time) throws Rejection {
    String source = fields.address(Field.PKT_SRCADDR, Field.SRCADDR);
    String destination = fields.address(Field.PKT_DSTADDR, Field.DSTADDR);
    int protocol = (int) fields.number(Field.PROTOCOL, 255);
    int from = fields.port(Field.SRCPORT);
    int to = fields.port(Field.DSTPORT);
    long bytes = fields.number(Field.BYTES, JsonFields.MAX_COUNT);
    long packets = fields.number(Field.PACKETS, JsonFields.MAX_COUNT);
    long rawFlags = fields.number(Field.TCP_FLAGS, 0xfff);
    int flags = protocol == Flow.TCP || protocol == -1 ? (int) rawFlags : -1;
    Verdict verdict = verdict(fields.name(Field.ACTION, null));
    Vantage side = packetSide(fields.name(Field.FLOW_DIRECTION, null));
    String reason = verdict == Verdict.DROPPED ? fields.name(Field.REJECT_REASON, "REJECT") : null;
    if (source == null || destination == null) {
      return new Parsed.Skipped("no addresses");
    }
    boolean reply = VpcRules.isReply(flags, source, from, destination, to);
    return new Parsed.Of(
        new Flow(
            Source.VPC_FLOW,
            time,
            endpoint(reply ? destination : source),
            endpoint(reply ? source : destination),
            protocol,
            reply ? to : from,
            reply ? from : to,
            verdict,
            reason,
            reply ? VpcRules.turned(side) : side,
            VpcRules.phase(protocol, flags, reply, verdict, bytes, packets),
            reply,
            bytes,
            packets,
            1,
            false,
            null,
            false));
  }

  private Endpoint endpoint(String address) {
    int slot = ((address.hashCode() * 0x9E3779B9) >>> 16) & (ENDPOINTS - 1);
    Endpoint known = endpoints[slot];
    if (known == null || !known.address().equals(address)) {
      known = Endpoint.ofAddress(address);
      endpoints[slot] = known;
    }
    return known;
  }

  private static Verdict verdict(String action) throws Rejection {
    if (action == null) {
      return Verdict.UNKNOWN;
    }
    return switch (action) {
      case "ACCEPT" -> Verdict.FORWARDED;
      case "REJECT" -> Verdict.DROPPED;
      default -> throw Rejection.field("action", "expected ACCEPT or REJECT", action);
    };
  }

  /** Whose interface reported it, taking the packet's source as the client. */
  private static Vantage packetSide(String direction) throws Rejection {
    if (direction == null) {
      return Vantage.UNKNOWN;
    }
    return switch (direction) {
      case "egress" -> Vantage.CLIENT;
      case "ingress" -> Vantage.SERVER;
      default -> throw Rejection.field("flow-direction", "expected ingress or egress", direction);
    };
  }
}
