package io.tidemark.load.fault;

import io.tidemark.alert.AlertJson;
import io.tidemark.config.Config;
import io.tidemark.config.ConfigLoader;
import io.tidemark.fleet.Fleet;
import io.tidemark.fleet.FleetSpec;
import io.tidemark.fleet.FleetTraffic;
import io.tidemark.fleet.Incident;
import io.tidemark.fleet.Line;
import io.tidemark.fleet.Recorders;
import io.tidemark.fleet.VpcLog;
import io.tidemark.flow.AddressBook;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.Source;
import io.tidemark.pipeline.LocalPipeline;
import io.tidemark.service.Pipeline;
import io.tidemark.window.Fold;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Sound lines of every format, to be damaged.
 *
 * @param flows lines by source, bare and as shippers wrap them
 * @param alerts alerts as they are written to files
 * @param statements what operators say, as it is written to files
 * @param settings values of configuration keys
 */
record Corpus(
    Map<Source, List<byte[]>> flows,
    List<byte[]> alerts,
    List<byte[]> statements,
    List<byte[]> settings) {

  private static final int LINES = 400;
  private static final int LONGEST_RECORDING = 16 * 1024;
  private static final int MOST_RECORDED = 20_000;
  private static final long HOUR = 3_600_000;

  /** Hubble's events that a fleet does not write. */
  private static final List<String> HUBBLE =
      List.of(
          "{\"lost_events\":{\"source\":\"HUBBLE_RING_BUFFER\",\"num_events_lost\":\"12\",\"first\":"
              + "\"2025-01-06T00:20:01Z\"},\"node_name\":\"c/n\",\"time\":\"2025-01-06T00:20:01Z\"}",
          "{\"agent_event\":{\"type\":\"AGENT_STARTED\"},\"node_name\":\"n\",\"time\":"
              + "\"2025-01-06T00:20:01Z\"}",
          "{\"flow\":{\"time\":\"2025-01-06T00:20:01Z\",\"verdict\":\"FORWARDED\",\"IP\":{\"source\":"
              + "\"10.0.0.1\",\"destination\":\"10.0.0.2\",\"ipVersion\":\"IPv4\"},\"l4\":{\"TCP\":{"
              + "\"source_port\":40000,\"destination_port\":80}},\"source\":{\"namespace\":\"a\","
              + "\"pod_name\":\"b-0\"},\"destination\":{\"namespace\":\"a\",\"pod_name\":\"c-0\"},"
              + "\"Type\":\"L7\",\"l7\":{\"type\":\"RESPONSE\",\"latency_ns\":\"12345\",\"http\":{"
              + "\"code\":503,\"method\":\"GET\",\"url\":\"http://c/x\",\"protocol\":\"HTTP/1.1\","
              + "\"headers\":[{\"key\":\"k\",\"value\":\"v\"}]}},\"is_reply\":true},\"node_name\":\"n\","
              + "\"time\":\"2025-01-06T00:20:01Z\"}");

  private static final List<String> POLICY_AGENT =
      List.of(
          "{\"level\":\"info\",\"ts\":\"2025-01-06T00:20:01.123Z\",\"logger\":\"ebpf-client\",\"msg\":"
              + "\"Flow Info:  \",\"Src IP\":\"10.0.0.1\",\"Src Port\":53,\"Dest IP\":\"10.0.0.2\","
              + "\"Dest Port\":40000,\"Proto\":\"UDP\",\"Verdict\":\"DENY\"}",
          "{\"level\":\"info\",\"ts\":\"2025-01-06T00:20:01.123+0530\",\"msg\":\"Flow Info: Src IP: "
              + "10.0.0.1 Src Port: 1 Dest IP: ::2 Dest Port: 53 Proto UDP Verdict DENY Direction"
              + " egress, Tier ADMIN\"}",
          "2025-01-06T00:20:01+00:00 Node: n;SIP: 10.0.0.1;SPORT: 1;DIP: ::2;DPORT: 2;PROTOCOL: ANY"
              + " PROTOCOL;PolicyVerdict: ACCEPT;Tier: ADMIN");

  private static final List<String> COREDNS =
      List.of(
          "2025-01-06T00:20:01.5Z stdout F [INFO] 10.244.1.7:40000 - 31337 \"A IN api.example.com."
              + " udp 45 false 512\" NOERROR qr,rd,ra 78 0.001234s",
          "[INFO] [2001:db8::1]:5353 - 7 \"TXT IN x.y.z.example.com. tcp 90 true 4096\" NXDOMAIN"
              + " qr,aa,rd 145 2.5s",
          "[ERROR] plugin/errors: 2 example.com. A: read udp 10.0.0.1:1->8.8.8.8:53: i/o timeout");

  private static final List<String> STATEMENTS =
      List.of(
          "{\"id\":\"s-1\",\"kind\":\"suppress\",\"workload\":\"*/shop/*/web\",\"detector\":\"volume\","
              + "\"from\":\"2025-01-06T00:00:00Z\",\"until\":\"2025-02-06T00:00:00Z\",\"reason\":\"new"
              + " CDN\",\"author\":\"me\",\"written\":\"2025-01-05T00:00:00Z\"}",
          "{\"id\":\"f\",\"kind\":\"feedback\",\"alert\":\"0123456789abcdef\",\"verdict\":\"true\"}",
          "{\"id\":\"f\",\"kind\":\"freeze\",\"workload\":\"c/ns/Deployment/x?\"}");

  private static final List<String> SETTINGS =
      List.of(
          "[10.0.0.0/8, \"::1/128\", fd00::/8]",
          "{partner: [203.0.113.0/24], \"a b\": []}",
          "\"30s\"",
          "10s",
          "0.25",
          "true",
          "{a: &x [1, 2], b: *x}",
          "${env:HOME}${file:/dev/null}");

  /**
   * Makes the lines.
   *
   * @param recordings directory of recorded lines, or {@code null}; goes to every source
   */
  static Corpus make(long seed, Path recordings) throws IOException {
    Fleet fleet = Fleet.of(FleetSpec.of(seed).withWorkloads(12));
    List<Incident> incidents =
        List.of(
            Incident.dnsDga(fleet, fleet.workload("shop/cart"), 25, Load.START + HOUR / 2, 20),
            Incident.portScan(
                fleet,
                fleet.workload("shop/cart"),
                fleet.workload("shop/catalog-db"),
                120,
                Load.START + HOUR / 3,
                9));
    ByteArrayOutputStream vpc = new ByteArrayOutputStream();
    List<Line> lines = new ArrayList<>();
    FleetTraffic.of(
            fleet,
            Load.START,
            Load.START + HOUR,
            incidents,
            new Recorders(new VpcLog(fleet, vpc), null))
        .forEachRemaining(lines::add);
    Map<Source, List<byte[]>> flows = new EnumMap<>(Source.class);
    flows.put(Source.HUBBLE, wrapped(HUBBLE, some(lines.stream().map(Line::json).toList())));
    flows.put(
        Source.VPC_FLOW,
        wrapped(
            List.of(
                "2 1 eni-0 10.0.0.1 2001:db8::1 40000 80 6 20 4249 1418530010 1418530070 ACCEPT OK"),
            some(vpc.toString(StandardCharsets.UTF_8).lines().map(Corpus::bytes).toList())));
    flows.put(Source.VPC_CNI, wrapped(POLICY_AGENT, List.of()));
    flows.put(Source.COREDNS, wrapped(COREDNS, List.of()));
    if (recordings != null) {
      List<byte[]> recorded = recorded(recordings);
      flows.values().forEach(each -> each.addAll(recorded));
    }
    return new Corpus(flows, alerts(lines), bytes(STATEMENTS), bytes(SETTINGS));
  }

  /** At equal distances, the first among them: it may be a header. */
  private static List<byte[]> some(List<byte[]> all) {
    List<byte[]> some = new ArrayList<>();
    int step = Math.max(1, all.size() / LINES);
    for (int i = 0; i < all.size(); i += step) {
      some.add(all.get(i));
    }
    return some;
  }

  /** And some of them as container runtimes and shippers wrap them. */
  private static List<byte[]> wrapped(List<String> texts, List<byte[]> lines) {
    List<byte[]> all = new ArrayList<>(lines);
    all.addAll(bytes(texts));
    List<String> bare = new ArrayList<>(texts);
    lines.stream().limit(8).forEach(line -> bare.add(new String(line, StandardCharsets.UTF_8)));
    for (String line : bare) {
      String quoted = line.replace("\\", "\\\\").replace("\"", "\\\"");
      all.add(bytes("2025-01-06T00:20:01.5Z stdout F " + line));
      all.add(
          bytes(
              "{\"log\":\""
                  + quoted
                  + "\\n\",\"stream\":\"stdout\",\"time\":\"2025-01-06T00:20:01Z\"}"));
      all.add(bytes("{\"@timestamp\":\"2025-01-06T00:20:01Z\",\"message\":\"" + quoted + "\"}"));
      all.add(
          bytes(
              "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"id\":\"1\",\"timestamp\":1736122801000,"
                  + "\"message\":\""
                  + quoted
                  + "\"}]}"));
    }
    return all;
  }

  private static List<byte[]> recorded(Path directory) throws IOException {
    List<byte[]> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
            .lines()
            .filter(line -> line.length() <= LONGEST_RECORDING)
            .limit(MOST_RECORDED - lines.size())
            .map(line -> line.getBytes(StandardCharsets.ISO_8859_1))
            .forEach(lines::add);
      }
    }
    return lines;
  }

  /** What is told of the lines, so that every field has a value somewhere. */
  private static List<byte[]> alerts(List<Line> lines) {
    LocalPipeline pipeline = Pipeline.local(config(), AddressBook.EMPTY);
    LocalPipeline.Partition partition =
        pipeline.add(
            new Fold.Place(Source.HUBBLE, "a file", 0, 1),
            FlowParsers.of(Source.HUBBLE, config().sources().parsing()),
            config().sources().hubble().lateness(),
            new LocalPipeline.Listener() {});
    long number = 1;
    for (Line line : lines) {
      partition.accept(line.json(), number++, FlowParser.NO_TIME);
    }
    pipeline.finish();
    return pipeline.alerts().stream().map(alert -> bytes(AlertJson.write(alert, false))).toList();
  }

  /** Detectors that have something to tell within an hour. */
  static Config config() {
    return ConfigLoader.load(
            null,
            List.of(
                "kafka.bootstrap.servers=nowhere:1",
                "alerts.min-score=1",
                "detectors.port-scan.warm-up=5m",
                "detectors.dns-dga.warm-up=1h",
                "detectors.new-peer.warm-up=5m",
                "detectors.new-peer.bits=2",
                "detectors.new-peer.expected-per-day=1000"),
            key -> null)
        .config();
  }

  private static List<byte[]> bytes(List<String> texts) {
    return texts.stream().map(Corpus::bytes).toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
