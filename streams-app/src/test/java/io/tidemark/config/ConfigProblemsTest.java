package io.tidemark.config;

import static io.tidemark.config.Written.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigProblemsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "identity.cluster|''|must not be empty",
        "identity.cluster-domain|' '|must not be empty",
        "identity.internal-cidrs|[10.0.0.0]|must be ranges such as 10.0.0.0/8 or fc00::/7",
        "identity.internal-cidrs|[10.0.0.0/33]|must be ranges",
        "identity.internal-cidrs|[10.*.0.0/16]|must be ranges",
        "identity.internal-cidrs|[fc00::/129]|must be ranges",
        "identity.internal-cidrs|[300.0.0.0/8]|must be ranges",
        "identity.internal-cidrs|[host/8]|must be ranges",
        "identity.internal-cidrs|[10.1.2.3/8]|must have no bits set beyond the prefix, as 10.0.0.0/8",
        "identity.internal-cidrs|10.0.0.0/8|must be a list such as [a, b]",
        "identity.named-ranges.lab|[1.2.3.4]|must be ranges",
        "identity.search-domains|[\"\"]|must not be empty",
        "detectors.port-scan.horizon|5s|must be 10 seconds to 1 hour",
        "detectors.flood.quotas.payments|x|must be a whole number",
        "detectors.flood.quotas.payments|0|must be 1 or more",
        "detectors.beacon.calls|5|must be 10 to 48",
        "detectors.exfiltration.asymmetry|0.5|must be 1 to 1000",
        "alerts.quiet|8d|must be 1 ms to 7 days",
        "topics.prefix|a b|must be 1 to 249 letters",
        "topics.alerts|..|must be 1 to 249 letters",
        "topics.partitions|0|must be 1 to 1000",
        "topics.raw-partitions|1001|must be 1 to 1000",
        "topics.replication|0|must be 1 to 10, or -1",
        "topics.create|yes|must be true or false",
        "sources.hubble.lateness|25h|must be 0s to 1d",
        "sources.vpc-flow.topic|a/b|must be 1 to 249 letters",
        "sources.vpc-flow.format|srcaddr,dstaddr|must be names of fields",
        "windows.length|7s|must divide one hour",
        "windows.length|999ms|must be 1s to 1h",
        "windows.length|10|must be a duration such as 500ms, 10s, 5m, 24h or 7d",
        "windows.max-future|-1s|must be a duration",
        "windows.max-workloads|99|must be 100 to 10000000: 99",
        "sources.hubble.idle-timeout|25h|must be 100ms to 1d",
        "serde.class-name|not a class|must be the full name of a class",
        "state.backend|disk|must be one of rocksdb, memory",
        "streams.application-id|''|must be 1 to 249 letters",
        "streams.threads|many|must be a whole number",
        "streams.threads|3000000000|must be a whole number of at most 2147483647",
        "streams.threads|65|must be 1 to 64",
        "streams.commit-interval|1ms|must be 10ms to 5m",
        "streams.standby-replicas|6|must be 0 to 5",
        "streams.session-timeout|0s|must be 1s to 30m",
        "streams.group-instance-id|a b|must be 1 to 249 letters",
        "http.host|0.0.0.0|must be a loopback address unless http.allow-remote is true",
        "http.host|127.0.0.1.evil.example|must be a loopback address",
        "http.port|65536|must be 0 to 65535",
      })
  void everyMessageNamesTheKeyTheRuleAndTheValue(String key, String value, String rule) {
    List<String> problems = problems("", key + "=" + value);

    assertEquals(1, problems.size(), problems.toString());
    String problem = problems.get(0);
    assertTrue(problem.startsWith("--set: " + key), problem);
    assertTrue(problem.contains(rule), problem);
    String shown = value.startsWith("[") ? value.replaceAll("[\\[\\]]", "") : value;
    assertTrue(problem.endsWith(": " + shown) || problem.endsWith("\"" + shown + "\""), problem);
  }

  @Test
  void allProblemsAreNamedAtOnceWithTheirLines() {
    List<String> problems =
        problems(
            """
            windows:
              length: soon
              max-future: 2h
            http:
              host: 10.0.0.1
              port: 70000
            topics:
              prefx: x
            """,
            "streams.threads=0");

    assertEquals(
        List.of(
            "tidemark.yaml:8: unknown key topics.prefx, did you mean topics.prefix?",
            "tidemark.yaml:2: windows.length must be a duration such as 500ms, 10s, 5m, 24h or 7d: soon",
            "tidemark.yaml:3: windows.max-future must be 0s to 1h: 2h",
            "--set: streams.threads must be 1 to 64: 0",
            "tidemark.yaml:5: http.host must be a loopback address unless http.allow-remote is true: 10.0.0.1",
            "tidemark.yaml:6: http.port must be 0 to 65535: 70000"),
        problems);
  }

  @Test
  void anUnknownKeyIsAnErrorThatKnowsTheNearest() {
    assertEquals(
        List.of("tidemark.yaml:1: unknown key sorces, did you mean sources?"),
        problems("sorces: {}"));
    assertEquals(
        List.of(
            "tidemark.yaml:1: unknown key windows.max_future, did you mean windows.max-future?"),
        problems("windows: {max_future: 1s}"));
    assertEquals(
        List.of("tidemark.yaml:1: unknown key lateness, did you mean sources.hubble.lateness?"),
        problems("lateness: 1s"));
    assertEquals(List.of("tidemark.yaml:1: unknown key xyzzy"), problems("xyzzy: 1"));
    assertEquals(
        List.of("--set: windows.length must be a single value, not a map"),
        problems("", "windows.length.x=1"));
  }

  @Test
  void theWrongKindOfValueIsNamed() {
    assertEquals(List.of("tidemark.yaml:1: windows must be a map: 10s"), problems("windows: 10s"));
    assertEquals(
        List.of("tidemark.yaml:1: kafka.ssl must be a single value, not a map"),
        problems("kafka: {ssl: {a: b}}"));
    assertEquals(
        List.of("tidemark.yaml:1: http.port must be a single value, not a list"),
        problems("http: {port: [1]}"));
    assertEquals(List.of("tidemark.yaml:2: http.port has no value"), problems("http:\n  port:\n"));
    assertEquals(
        List.of("tidemark.yaml:1: topics.alerts has no value; empty text is \"\""),
        problems("topics: {alerts: }"));
    assertEquals(
        List.of("tidemark.yaml:1: identity.search-domains[1] must be a single value, not a list"),
        problems("identity: {search-domains: [a, [b]]}"));
  }

  @Test
  void rulesAcrossSectionsAreChecked() {
    assertEquals(
        List.of(
            "tidemark.yaml:1: sources.hubble.enabled, vpc-cni.enabled, vpc-flow.enabled or coredns.enabled"
                + " must be true: all are false"),
        problems(
            "sources: {hubble: {enabled: false}, vpc-cni: {enabled: false}, vpc-flow: {enabled: false},"
                + " coredns: {enabled: false}}"));
    assertEquals(
        List.of("tidemark.yaml:1: topics must differ, but ALERTS and DLQ are both: tidemark.dlq"),
        problems("topics: {alerts: tidemark.dlq}"));
  }

  @Test
  void anOverrideWithoutAKeyIsNotShown() {
    assertEquals(List.of("--set: must be key.path=value"), problems("", "hunter2"));
    assertEquals(List.of("--set: must be key.path=value"), problems("", "=hunter2"));
    assertTrue(
        problems("", "identity.search-domains=[a").get(0).startsWith("--set: not valid YAML"));
  }

  @Test
  void messagesAreBoundedAndOnOneLine() {
    String longKey = "k".repeat(1000);
    String many =
        IntStream.range(0, 2000)
            .mapToObj(i -> "unknown" + i + ": 1\n")
            .collect(Collectors.joining());

    List<String> problems =
        problems("\"a\\nb\\e[31m\": 1\n" + longKey + ": 1\nhttp: {port: " + "9".repeat(5000) + "}");
    ConfigException manyProblems =
        new ConfigException(
            IntStream.range(0, 2000).mapToObj(i -> Problem.missing("p" + i)).toList());

    assertEquals(3, problems.size());
    for (String problem : problems) {
      assertTrue(problem.length() < 500, problem);
      assertTrue(problem.chars().noneMatch(Character::isISOControl), problem);
    }
    assertEquals(2000, problems(many).size());
    assertEquals(51, manyProblems.getMessage().lines().count());
  }
}
