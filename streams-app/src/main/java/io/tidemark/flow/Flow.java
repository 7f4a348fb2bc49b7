package io.tidemark.flow;

/**
 * One report of traffic between two endpoints, already turned so that {@code client} opened the
 * connection, whichever direction the reported packet went.
 *
 * @param source where the report comes from
 * @param time event time, milliseconds since the epoch
 * @param client the side that opened the connection
 * @param server the side that was called
 * @param protocol IANA protocol number (6 TCP, 17 UDP, 1 ICMP, 58 ICMPv6, 132 SCTP), -1 unknown
 * @param clientPort 0 to 65535, 0 when unknown or without ports
 * @param serverPort 0 to 65535, 0 when unknown or without ports
 * @param verdict what the datapath decided
 * @param dropReason the source's name for the reason of a drop, {@code null} if none
 * @param vantage on whose node this was seen
 * @param phase what it tells about the connection's life
 * @param fromServer whether the reported traffic went from server to client (a reply)
 * @param bytes bytes of the reported traffic, -1 when the source does not count them
 * @param packets packets of the reported traffic, -1 when the source does not count them
 * @param weight flow events this record stands for: 1, or the exporter's aggregate count
 * @param aggregated whether the exporter folded several events into this record, so that a
 *     connection cannot be told from it
 * @param dns the DNS message it carried, {@code null} if none
 * @param l7 whether a proxy reported it at the application layer
 * @param http the HTTP response it reported, {@code null} if none
 */
public record Flow(
    Source source,
    long time,
    Endpoint client,
    Endpoint server,
    int protocol,
    int clientPort,
    int serverPort,
    Verdict verdict,
    String dropReason,
    Vantage vantage,
    Phase phase,
    boolean fromServer,
    long bytes,
    long packets,
    long weight,
    boolean aggregated,
    DnsMessage dns,
    boolean l7,
    HttpResponse http) {

  public static final int TCP = 6;
  public static final int UDP = 17;
  public static final int ICMP = 1;
  public static final int ICMPV6 = 58;
  public static final int SCTP = 132;

  /** A flow that reports no HTTP response. */
  public Flow(
      Source source,
      long time,
      Endpoint client,
      Endpoint server,
      int protocol,
      int clientPort,
      int serverPort,
      Verdict verdict,
      String dropReason,
      Vantage vantage,
      Phase phase,
      boolean fromServer,
      long bytes,
      long packets,
      long weight,
      boolean aggregated,
      DnsMessage dns,
      boolean l7) {
    this(
        source,
        time,
        client,
        server,
        protocol,
        clientPort,
        serverPort,
        verdict,
        dropReason,
        vantage,
        phase,
        fromServer,
        bytes,
        packets,
        weight,
        aggregated,
        dns,
        l7,
        null);
  }
}
