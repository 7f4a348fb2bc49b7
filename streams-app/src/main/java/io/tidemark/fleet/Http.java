package io.tidemark.fleet;

/**
 * An HTTP exchange as the proxy in front of a server reports it.
 *
 * @param method request method
 * @param url absolute URL in ASCII that needs no escapes
 * @param code status of the response
 * @param latencyNanos from request to response
 */
record Http(String method, String url, int code, long latencyNanos) implements Message {

  @Override
  public void writeQuery(ByteSink out) {
    out.put("\"l7\":{\"type\":\"REQUEST\",\"http\":{");
    exchange(out);
  }

  @Override
  public void writeAnswer(ByteSink out) {
    out.put("\"l7\":{\"type\":\"RESPONSE\",\"latency_ns\":\"").put(latencyNanos);
    out.put("\",\"http\":{\"code\":").put(code).put(",");
    exchange(out);
  }

  private void exchange(ByteSink out) {
    out.put("\"method\":\"").put(method).put("\",\"url\":\"").put(url);
    out.put("\",\"protocol\":\"HTTP/1.1\"}},");
  }

  @Override
  public void writeQuerySummary(ByteSink out) {
    out.put("HTTP/1.1 ").put(method).put(" ").put(url);
  }

  @Override
  public void writeAnswerSummary(ByteSink out) {
    out.put("HTTP/1.1 ").put(code).put(" ").put(latencyNanos / 1_000_000).put("ms (");
    out.put(method).put(" ").put(url).put(")");
  }
}
