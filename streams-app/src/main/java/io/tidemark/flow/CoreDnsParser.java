package io.tidemark.flow;

import com.fasterxml.jackson.core.JsonParser;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the lines of CoreDNS's {@code log} plugin, its common and combined formats and what begins
 * like them, with or without {@code [INFO]}, bare or carried. The lines say who asked what and how
 * it ended, but not when: the time is that of the container runtime's prefix or the shipper's
 * object, else that of the record; a line without any is bad. Other lines of the same log are
 * skipped.
 *
 * <p>Not thread-safe: one parser per input partition.
 */
public final class CoreDnsParser implements FlowParser {

  private static final Parsed NOT_A_QUERY_LINE = new Parsed.Skipped("not a query line");

  /** {@code {remote}:{port} - {>id} "{type} {class} {name} {proto} ..." {rcode}}. */
  private static final Pattern LINE =
      Pattern.compile(
          "(?:(\\d{4}-\\S+) )?(?:\\[INFO\\]\\s+)?(?:\\[([0-9A-Fa-f:.]+)\\]|([0-9.]+)):(\\d{1,5}) - \\S+"
              + " \"(\\S+) (\\S+) (\\S+) (\\w+)[^\"]*\"(?: (\\S+))?.*");

  private static final int DNS_PORT = 53;
  private static final int MAX_LINE = 8192;

  // What CoreDNS is called where it runs in a cluster, whatever its pods are called.
  private static final Endpoint SERVER =
      new Endpoint(null, null, "kube-system", null, "coredns", "Deployment", null, null, List.of());

  private final CarriedLines lines;

  public CoreDnsParser() {
    this(RawRecord.DEFAULT_MAX_BYTES);
  }

  /**
   * @param maxBytes largest raw record that is parsed, in bytes, at least 1
   */
  public CoreDnsParser(int maxBytes) {
    this.lines = new CarriedLines(new Lines(), maxBytes);
  }

  @Override
  public Parsed parse(byte[] value, long recordTime) {
    return lines.parse(value, recordTime);
  }

  /** Whether a line of text is one of this plugin's. */
  static boolean isQueryText(String line) {
    return line.length() <= MAX_LINE && line.contains(" - ") && LINE.matcher(line).matches();
  }

  private static final class Lines implements CarriedLines.Format {

    @Override
    public Parsed text(String line, long time) {
      if (line.length() > MAX_LINE || !line.contains(" - ")) {
        return NOT_A_QUERY_LINE;
      }
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        return NOT_A_QUERY_LINE;
      }
      try {
        return parsed(matcher, time);
      } catch (Rejection e) {
        return e.toBad();
      }
    }

    @Override
    public CarriedLines.JsonLine object() {
      return NO_FIELDS;
    }
  }

  /** Objects only carry lines; none is one. */
  private static final CarriedLines.JsonLine NO_FIELDS =
      new CarriedLines.JsonLine() {
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
          return NOT_A_QUERY_LINE;
        }
      };

  private static Parsed parsed(Matcher line, long carried) throws Rejection {
    long time = carried;
    if (line.group(1) != null) {
      // Versions before 1.7 wrote the time themselves.
      time = EventTime.parse(line.group(1));
      if (time == EventTime.NONE) {
        return NOT_A_QUERY_LINE;
      }
    }
    String remote = line.group(2) != null ? line.group(2) : line.group(3);
    String address = IpText.canonical(remote);
    if (address == null) {
      throw Rejection.field("remote", "not an IP address", remote);
    }
    int port = Integer.parseInt(line.group(4));
    if (port > 0xffff) {
      throw Rejection.field("port", "not a whole number from 0 to 65535", line.group(4));
    }
    if (time == EventTime.NONE) {
      throw Rejection.noTime();
    }
    String code = line.group(9);
    boolean answered = code != null && !code.equals("-");
    DnsMessage message =
        new DnsMessage(
            HubbleL7.queryName(line.group(7)),
            line.group(5),
            answered,
            answered ? rcode(code) : 0,
            List.of());
    return new Parsed.Of(flow(time, address, port, protocol(line.group(8)), message));
  }

  private static Flow flow(long time, String address, int port, int protocol, DnsMessage message) {
    return new Flow(
        Source.COREDNS,
        time,
        Endpoint.ofAddress(address),
        SERVER,
        protocol,
        port,
        DNS_PORT,
        Verdict.FORWARDED,
        null,
        Vantage.SERVER,
        message.response() ? Phase.ANSWERED : Phase.UNKNOWN,
        message.response(),
        -1,
        -1,
        1,
        false,
        message,
        true);
  }

  /** By name, those that tell something; the others are failures of the server. */
  private static int rcode(String name) {
    return switch (name) {
      case "NOERROR" -> 0;
      case "NXDOMAIN" -> DnsMessage.NXDOMAIN;
      default -> 2;
    };
  }

  private static int protocol(String name) {
    return switch (name) {
      case "udp" -> Flow.UDP;
      case "tcp", "tls", "https", "grpc" -> Flow.TCP;
      default -> -1;
    };
  }
}
