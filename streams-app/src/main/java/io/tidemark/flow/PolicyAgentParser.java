package io.tidemark.flow;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * Reads the log of the AWS VPC CNI's network policy agent, every version from 0.1.0 to 1.4: zap
 * JSON with the flow in keys or in the message, and the CloudWatch copy, bare or in a subscription
 * envelope. The agent writes one ACCEPT per new conntrack entry and one DENY per denied packet;
 * other lines of the same file are skipped.
 *
 * <p>Not thread-safe: one parser per input partition.
 */
public final class PolicyAgentParser implements FlowParser {

  private static final Parsed NOT_A_FLOW_LINE = new Parsed.Skipped("not a flow line");
  private static final String CLOUDWATCH_START = "Node: ";
  private static final String CLOUDWATCH_FIELD = ";SIP: ";

  private final CarriedLines lines;

  public PolicyAgentParser() {
    this(RawRecord.DEFAULT_MAX_BYTES);
  }

  /**
   * @param maxBytes largest raw record that is parsed, in bytes, at least 1
   */
  public PolicyAgentParser(int maxBytes) {
    this.lines = new CarriedLines(new Lines(), maxBytes);
  }

  @Override
  public Parsed parse(byte[] value, long recordTime) {
    return lines.parse(value, recordTime);
  }

  /** Whether a line of text is one of this agent's flows. */
  static boolean isFlowText(String line) {
    return (line.contains(CLOUDWATCH_START) && line.contains(CLOUDWATCH_FIELD))
        || PolicyAgentLine.isFlowMessage(line);
  }

  private static final class Lines implements CarriedLines.Format {

    @Override
    public Parsed text(String line, long time) {
      try {
        if (PolicyAgentLine.isFlowMessage(line)) {
          return PolicyAgentLine.ofMessage(line).toParsed(time);
        }
        int start = line.indexOf(CLOUDWATCH_START);
        if (start < 0 || line.indexOf(CLOUDWATCH_FIELD, start) < 0) {
          return NOT_A_FLOW_LINE;
        }
        long ownTime = start == 0 ? EventTime.NONE : leadingTime(line);
        if (start > 0 && ownTime == EventTime.NONE) {
          return NOT_A_FLOW_LINE;
        }
        return PolicyAgentLine.ofCloudWatch(line.substring(start))
            .toParsed(ownTime == EventTime.NONE ? time : ownTime);
      } catch (Rejection e) {
        return e.toBad();
      }
    }

    /** The time that {@code aws logs tail} prints before each message, in UTC without a zone. */
    private static long leadingTime(String line) {
      int space = line.indexOf(' ');
      return EventTime.parseUtcByDefault(line.substring(0, space));
    }

    @Override
    public CarriedLines.JsonLine object() {
      return new ZapLine();
    }
  }

  /** One zap JSON object. Values are kept as text: other lines use the same names for anything. */
  private static final class ZapLine implements CarriedLines.JsonLine {
    private final String[] values = new String[8];
    private String message;

    @Override
    public boolean field(String name, JsonParser p) throws IOException {
      int slot =
          switch (name) {
            case "msg" -> 8;
            case "Src IP" -> 0;
            case "Src Port" -> 1;
            case "Dest IP" -> 2;
            case "Dest Port" -> 3;
            case "Proto" -> 4;
            case "Verdict" -> 5;
            case "Direction" -> 6;
            case "Tier" -> 7;
            default -> -1;
          };
      if (slot < 0) {
        return false;
      }
      String text = p.currentToken().isScalarValue() ? p.getText() : null;
      p.skipChildren();
      if (slot == 8) {
        message = text;
      } else {
        values[slot] = text;
      }
      return true;
    }

    @Override
    public Parsed finish(long time, String badTime) throws Rejection {
      if (message == null || !PolicyAgentLine.isFlowMessage(message)) {
        return null;
      }
      if (badTime != null) {
        throw Rejection.time("ts", badTime);
      }
      PolicyAgentLine line =
          PolicyAgentLine.holdsFields(message)
              ? PolicyAgentLine.ofMessage(message)
              : new PolicyAgentLine(
                  values[0], values[1], values[2], values[3], values[4], values[5], values[6],
                  values[7]);
      return line.toParsed(time);
    }

    @Override
    public Parsed unknown(boolean carried) {
      return NOT_A_FLOW_LINE;
    }
  }
}
