package io.tidemark.detect;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Flow;
import io.tidemark.flow.Peer;
import io.tidemark.flow.Vantage;
import io.tidemark.stats.Hash64;
import io.tidemark.window.Coordinates;
import io.tidemark.window.Edge;
import io.tidemark.window.EdgeKey;
import io.tidemark.window.HttpActivity;
import io.tidemark.window.LatencyHistogram;
import java.util.Arrays;
import java.util.List;

/**
 * Builds one edge. Unless told otherwise it is TCP, and nothing happened on it. Connections are
 * numbered from {@code serial}, so that two edges under one key do not share any.
 */
final class TestEdge {

  private final Direction direction;
  private final Peer peer;
  private final int port;
  private int protocol = Flow.TCP;
  private long serial;
  private int ongoing;
  private int opened;
  private int answered;
  private int refused;
  private int denied;
  private long bytesToServer;
  private long bytesToClient;
  private long aggregated;
  private long deniedReplies;
  private final long[] responses =
      new long[Vantage.values().length * HttpActivity.Answer.values().length];
  private final long[] latencies = new long[LatencyHistogram.BUCKETS];
  private long packets = -1;
  private String name;
  private List<String> pods = List.of("api-7d9f8b6c54-x2x7q");

  private TestEdge(Direction direction, Peer peer, int port) {
    this.direction = direction;
    this.peer = peer;
    this.port = port;
  }

  /** The subject called this peer's port. */
  static TestEdge egress(Peer peer, int port) {
    return new TestEdge(Direction.EGRESS, peer, port);
  }

  /** This peer called the subject's port. */
  static TestEdge ingress(Peer peer, int port) {
    return new TestEdge(Direction.INGRESS, peer, port);
  }

  TestEdge protocol(int number) {
    protocol = number;
    return this;
  }

  TestEdge udp() {
    return protocol(Flow.UDP);
  }

  /** First of the numbers that tell its connections from those of another edge of the same key. */
  TestEdge serial(long first) {
    serial = first;
    return this;
  }

  /** Traffic on so many connections that were opened in an earlier window. */
  TestEdge ongoing(int connections) {
    ongoing += connections;
    return this;
  }

  /** So many connections were opened and the server replied. */
  TestEdge answered(int connections) {
    opened += connections;
    answered += connections;
    return this;
  }

  /** Replies were seen, openings were not: the connection is older than the window. */
  TestEdge answeredOnly(int connections) {
    answered += connections;
    return this;
  }

  /** So many connections were opened, without any reply. */
  TestEdge unanswered(int connections) {
    opened += connections;
    return this;
  }

  /** So many connections were opened and reset by the server. */
  TestEdge refused(int connections) {
    opened += connections;
    refused += connections;
    return this;
  }

  /** So many connections were dropped by policy. */
  TestEdge denied(int connections) {
    denied += connections;
    return this;
  }

  /** The exporter counted so many flows without telling connections apart. */
  TestEdge aggregated(long flows) {
    aggregated += flows;
    return this;
  }

  TestEdge bytes(long toServer, long toClient) {
    bytesToServer += toServer;
    bytesToClient += toClient;
    return this;
  }

  /** So many packets from server to client were dropped, on connections of their own. */
  TestEdge deniedReplies(int connections) {
    denied += connections;
    deniedReplies += connections;
    return this;
  }

  /** So many HTTP responses of this kind, as the server's proxy saw them. */
  TestEdge http(HttpActivity.Answer answer, long count) {
    responses[Vantage.SERVER.ordinal() * HttpActivity.Answer.values().length + answer.ordinal()] +=
        count;
    return this;
  }

  /** So many responses took about so long. */
  TestEdge latency(double millis, long count) {
    double units = Math.max(0, StrictMath.log(millis / 0.1) / StrictMath.log(2));
    latencies[(int) Math.min(LatencyHistogram.BUCKETS - 1, 1 + 4 * units)] += count;
    return http(HttpActivity.Answer.SUCCESS, count);
  }

  /** By these pods of the subject; if not told, by one. */
  TestEdge pods(String... names) {
    pods = List.of(names);
    return this;
  }

  /** So many packets from client to server; else there is one for each record. */
  TestEdge packets(long toServer) {
    packets = toServer;
    return this;
  }

  TestEdge named(String dnsName) {
    name = dnsName;
    return this;
  }

  Edge build() {
    EdgeKey key = new EdgeKey(direction, peer, protocol, port);
    int tried = Math.max(opened, answered);
    long records = ongoing + opened + answered + refused + denied + aggregated;
    return Edge.of(
        new Edge.Facts(
            key,
            hashes(key, 0, tried + denied + ongoing),
            hashes(key, 0, opened),
            hashes(key, 0, answered),
            // The last of the opened, so that an edge may have answered and refused ones.
            hashes(key, opened - Math.min(opened, refused), refused),
            hashes(key, tried, denied),
            atClient(bytesToServer),
            atClient(bytesToClient),
            atClient(packets < 0 ? records : packets),
            atClient(answered),
            atClient(aggregated),
            Math.max(1, records),
            denied,
            pods,
            List.of(new Coordinates("flows", 0, 1 + serial, 1 + serial + records)),
            denied > 0 ? "POLICY_DENIED" : null,
            name,
            deniedReplies,
            Arrays.stream(responses).sum() == 0
                ? null
                : new HttpActivity.Facts(
                    responses, new long[][] {new long[0], latencies, new long[0]})));
  }

  private long[] hashes(EdgeKey key, int from, int count) {
    // Edge keeps the 64 smallest; more than a few hundred would only cost time.
    long[] hashes = new long[Math.min(count, 4096)];
    long base = Hash64.of(key.toString());
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = Hash64.combine(base, serial + from + i);
    }
    return hashes;
  }

  private static long[] atClient(long value) {
    long[] perVantage = new long[Vantage.values().length];
    Arrays.fill(perVantage, 0);
    perVantage[Vantage.CLIENT.ordinal()] = value;
    return perVantage;
  }
}
