package io.tidemark.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The vocabulary of these tests: a line as its reader sees it. */
record Seen(Line line, JsonNode envelope) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A Monday, midnight UTC. */
  static final long MONDAY = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();

  static final long MINUTE = 60_000L;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;

  static Seen of(Line line) {
    try {
      return new Seen(line, MAPPER.readTree(line.json()));
    } catch (java.io.IOException e) {
      throw new AssertionError(new String(line.json(), StandardCharsets.UTF_8), e);
    }
  }

  static JsonNode json(String text) throws JsonProcessingException {
    return MAPPER.readTree(text);
  }

  static List<Line> lines(Fleet fleet, long from, long to, Incident... incidents) {
    List<Line> lines = new ArrayList<>();
    new FleetTraffic(fleet, from, to, List.of(incidents)).forEachRemaining(lines::add);
    return lines;
  }

  static List<Seen> read(List<Line> lines) {
    return lines.stream().map(Seen::of).toList();
  }

  static String text(Line line) {
    return new String(line.json(), StandardCharsets.US_ASCII);
  }

  JsonNode flow() {
    return envelope.get("flow");
  }

  /** What the field at a JSON pointer below the flow says, empty if it is absent. */
  String at(String pointer) {
    return flow().at(pointer).asText();
  }

  /** Whether it is a packet (not a DNS message) from client to server that opens a connection. */
  boolean opens() {
    return at("/trace_reason").equals("NEW");
  }

  boolean atServer() {
    return at("/trace_observation_point").equals("TO_ENDPOINT") && !flow().has("reply");
  }

  boolean answers() {
    return at("/trace_reason").equals("REPLY") && at("/Summary").equals("TCP Flags: SYN, ACK");
  }

  boolean from(Workload workload) {
    return is("/source", workload);
  }

  boolean to(Workload workload) {
    return is("/destination", workload);
  }

  private boolean is(String side, Workload workload) {
    return at(side + "/namespace").equals(workload.namespace())
        && at(side + "/pod_name").startsWith(workload.name() + "-")
        && flow().at(side + "/identity").asInt() == workload.identity();
  }

  int serverPort() {
    return flow().at("/l4/TCP/destination_port").asInt();
  }

  String query() {
    return at("/l7/dns/query");
  }
}
