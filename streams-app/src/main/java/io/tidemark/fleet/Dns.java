package io.tidemark.fleet;

/**
 * A DNS message as the proxy reports it.
 *
 * @param query absolute name with its trailing dot
 * @param type query type
 * @param rcode 0 or 3 (NXDOMAIN)
 * @param answer record data: addresses for A; empty for none
 */
record Dns(String query, String type, int rcode, String answer) implements Message {
  /** Printed where an answer has no TTL: the proxy's minus one as unsigned. */
  private static final String NO_TTL = "4294967295";

  private static final int NXDOMAIN = 3;

  static Dns found(String query, String type, String answer) {
    return new Dns(query, type, 0, answer);
  }

  static Dns missing(String query, String type) {
    return new Dns(query, type, NXDOMAIN, "");
  }

  private String ttl() {
    return answer.isEmpty() ? NO_TTL : "30";
  }

  @Override
  public void writeQuery(ByteSink out) {
    out.put("\"l7\":{\"type\":\"REQUEST\",\"dns\":{\"query\":\"").put(query);
    out.put("\",\"observation_source\":\"proxy\",\"qtypes\":[\"").put(type).put("\"]}},");
  }

  @Override
  public void writeAnswer(ByteSink out) {
    out.put("\"l7\":{\"type\":\"RESPONSE\",\"dns\":{\"query\":\"").put(query).put("\",");
    boolean address = !answer.isEmpty() && type.equals("A");
    if (address) {
      out.put("\"ips\":[\"").put(answer).put("\"],");
    }
    out.put("\"ttl\":").put(ttl()).put(",\"observation_source\":\"proxy\",");
    if (rcode != 0) {
      out.put("\"rcode\":").put(rcode).put(",");
    }
    out.put("\"qtypes\":[\"").put(type).put("\"]");
    if (!answer.isEmpty()) {
      out.put(",\"rrtypes\":[\"").put(type).put("\"]");
    }
    out.put("}},");
  }

  @Override
  public void writeQuerySummary(ByteSink out) {
    out.put("DNS Query ").put(query).put(" ").put(type);
  }

  @Override
  public void writeAnswerSummary(ByteSink out) {
    out.put("DNS Answer ");
    if (rcode == NXDOMAIN) {
      out.put("RCode: Non-Existent Domain");
    } else if (!answer.isEmpty() && type.equals("A")) {
      out.put("\\\"").put(answer).put("\\\"");
    }
    out.put(" TTL: ").put(ttl()).put(" (Proxy ").put(query).put(" ").put(type).put(")");
  }
}
