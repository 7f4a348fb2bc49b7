package io.tidemark.flow;

/**
 * The fields of one policy agent flow line as text, from whichever of its formats; {@code null}
 * where the format has none.
 */
record PolicyAgentLine(
    String sourceIp,
    String sourcePort,
    String destinationIp,
    String destinationPort,
    String protocol,
    String verdict,
    String direction,
    String tier) {

  private static final String START = "Flow Info:";

  static boolean isFlowMessage(String message) {
    return message.startsWith(START);
  }

  /** Whether a flow message holds its fields itself (from agent 1.2.2 on), not beside it. */
  static boolean holdsFields(String message) {
    return !message.substring(START.length()).isBlank();
  }

  /**
   * Reads {@code Flow Info: Src IP: a Src Port: n Dest IP: b Dest Port: n Proto p Verdict v[
   * Direction d][, Tier t]}. For IPv6 the agent writes colons after Proto, Verdict and Direction,
   * and no comma. By hand: a regular expression for this backtracks on hostile lines.
   */
  static PolicyAgentLine ofMessage(String message) throws Rejection {
    Cursor c = new Cursor(message, START.length());
    c.label("Src IP:");
    String sourceIp = c.token();
    c.label("Src Port:");
    String sourcePort = c.token();
    c.label("Dest IP:");
    String destinationIp = c.token();
    c.label("Dest Port:");
    String destinationPort = c.token();
    c.label("Proto");
    String protocol = c.until(" Verdict");
    c.label("Verdict");
    String verdict = c.token();
    String direction = c.tryLabel("Direction") ? c.token() : null;
    String tier = c.tryLabel("Tier") ? c.token() : null;
    return new PolicyAgentLine(
        sourceIp, sourcePort, destinationIp, destinationPort, protocol, verdict, direction, tier);
  }

  /**
   * Reads the CloudWatch copy, {@code Node: n;SIP: a;SPORT: n;DIP: b;DPORT: n;PROTOCOL:
   * p;PolicyVerdict: v[;Tier: t]}. Only the first colon separates: IPv6 addresses have more.
   */
  static PolicyAgentLine ofCloudWatch(String message) {
    String[] values = new String[8];
    for (int from = 0; from < message.length(); ) {
      int semicolon = message.indexOf(';', from);
      int end = semicolon < 0 ? message.length() : semicolon;
      int colon = message.indexOf(": ", from);
      if (colon >= 0 && colon < end) {
        int slot = slot(message.substring(from, colon).strip());
        if (slot >= 0) {
          values[slot] = message.substring(colon + 2, end).strip();
        }
      }
      from = end + 1;
    }
    return new PolicyAgentLine(
        values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7]);
  }

  private static int slot(String key) {
    return switch (key) {
      case "SIP" -> 0;
      case "SPORT" -> 1;
      case "DIP" -> 2;
      case "DPORT" -> 3;
      case "PROTOCOL" -> 4;
      case "PolicyVerdict" -> 5;
      case "Direction" -> 6;
      case "Tier" -> 7;
      default -> -1;
    };
  }

  /** A place in a message. */
  private static final class Cursor {
    private final String text;
    private int at;

    Cursor(String text, int at) {
      this.text = text;
      this.at = at;
    }

    void label(String label) throws Rejection {
      if (!tryLabel(label)) {
        throw Rejection.syntax("msg", "expected '" + label + "' at character " + at);
      }
    }

    /** Passes over a label with or without colon after it, and white space around it. */
    boolean tryLabel(String label) {
      skip(' ', ',');
      if (!text.startsWith(label, at)) {
        return false;
      }
      at += label.length();
      skip(':', ':');
      skip(' ', ' ');
      return true;
    }

    /** Up to white space, or a comma at the end of a word. */
    String token() {
      int from = at;
      while (at < text.length() && text.charAt(at) > ' ' && text.charAt(at) != ',') {
        at++;
      }
      return text.substring(from, at);
    }

    String until(String end) throws Rejection {
      int to = text.indexOf(end, at);
      if (to < 0) {
        throw Rejection.syntax("msg", "expected '" + end.strip() + "' after character " + at);
      }
      String found = text.substring(at, to).strip();
      at = to;
      return found;
    }

    private void skip(char one, char other) {
      while (at < text.length() && (text.charAt(at) == one || text.charAt(at) == other)) {
        at++;
      }
    }
  }

  /** The flow that this line reports. */
  Parsed toParsed(long time) throws Rejection {
    String decided = require("Verdict", verdict);
    if (decided.startsWith("EXPIRED") || decided.equals("DELETED")) {
      return new Parsed.Skipped("conntrack entry " + decided.toLowerCase(java.util.Locale.ROOT));
    }
    boolean denied = decided.equals("DENY");
    if (!denied && !decided.equals("ACCEPT")) {
      throw Rejection.field("Verdict", "expected ACCEPT or DENY", decided);
    }
    Endpoint source = endpoint("Src IP", sourceIp);
    Endpoint destination = endpoint("Dest IP", destinationIp);
    int from = port("Src Port", sourcePort);
    int to = port("Dest Port", destinationPort);
    if (time == EventTime.NONE) {
      return new Parsed.Skipped("no event time in the line, its carrier or its topic");
    }
    // A reply whose conntrack entry was evicted or lost a race is denied as if it were a request.
    boolean reply = denied && HubbleRules.looksLikeReply(from, to);
    return new Parsed.Of(
        new Flow(
            Source.VPC_CNI,
            time,
            reply ? destination : source,
            reply ? source : destination,
            protocolNumber(),
            reply ? to : from,
            reply ? from : to,
            denied ? Verdict.DROPPED : Verdict.FORWARDED,
            denied ? dropReason() : null,
            vantage(reply),
            reply ? Phase.ANSWERED : Phase.OPENED,
            reply,
            -1,
            denied ? 1 : -1,
            1,
            false,
            null,
            false));
  }

  private static String require(String field, String value) throws Rejection {
    if (value == null || value.isEmpty()) {
      throw Rejection.field(field, "missing");
    }
    return value;
  }

  private static Endpoint endpoint(String field, String value) throws Rejection {
    String canonical = IpText.canonical(require(field, value));
    if (canonical == null) {
      throw Rejection.field(field, "not an IP address", value);
    }
    return Endpoint.ofAddress(canonical);
  }

  private static int port(String field, String value) throws Rejection {
    String text = require(field, value);
    long port = JsonFields.digits(text.toCharArray(), 0, text.length());
    if (port < 0 || port > 0xffff) {
      throw Rejection.field(field, "not a whole number from 0 to 65535", text);
    }
    return (int) port;
  }

  /** ICMPv6 is written UNKNOWN, but so is everything else that the agent has no name for. */
  private int protocolNumber() throws Rejection {
    return switch (require("Proto", protocol)) {
      case "TCP" -> Flow.TCP;
      case "UDP" -> Flow.UDP;
      case "SCTP" -> Flow.SCTP;
      case "ICMP" -> Flow.ICMP;
      default -> -1;
    };
  }

  /** The direction is relative to the pod whose hook saw the packet. */
  private Vantage vantage(boolean reply) {
    if ("egress".equals(direction)) {
      return reply ? Vantage.SERVER : Vantage.CLIENT;
    }
    if ("ingress".equals(direction)) {
      return reply ? Vantage.CLIENT : Vantage.SERVER;
    }
    return Vantage.UNKNOWN;
  }

  private String dropReason() throws Rejection {
    if (tier == null || tier.isEmpty()) {
      return "POLICY_DENIED";
    }
    if (tier.length() > 64) {
      throw Rejection.field("Tier", "longer than 64 characters");
    }
    return "POLICY_DENIED/" + tier;
  }
}
