package io.tidemark.config;

import static io.tidemark.config.Written.config;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.IdentitySettings;
import io.tidemark.flow.Source;
import io.tidemark.window.WindowSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"", "# nothing\n", "---\n", "windows:\n", "windows:\n  # length: 5s\n", "{}"})
  void whatSaysNothingGivesTheDefaults(String yaml) {
    assertEquals(Config.defaults(), config(yaml));
  }

  @Test
  void aWrittenKeyReplacesItsDefaultAndNoOther() {
    Config config = config("windows:\n  length: 30s\nhttp: {port: 0}\n");

    WindowSettings windows = WindowSettings.defaults();
    assertEquals(
        new WindowSettings(Duration.ofSeconds(30), windows.maxFuture(), windows.maxWorkloads()),
        config.windows());
    assertEquals(new HttpSettings("127.0.0.1", 0, false), config.http());
    assertEquals(Config.defaults().sources(), config.sources());
  }

  @Test
  void mapsGrowKeyByKeyAndListsAreReplaced() {
    Config config =
        config(
            """
            identity:
              internal-cidrs: [10.1.0.0/16]
              named-ranges:
                partner: [203.0.113.0/24]
                multicast: []
            """);

    IdentitySettings identity = config.identity();
    assertEquals(List.of("10.1.0.0/16"), identity.internalCidrs());
    assertEquals(List.of("203.0.113.0/24"), identity.namedRanges().get("partner"));
    assertEquals(List.of(), identity.namedRanges().get("multicast"));
    assertTrue(identity.namedRanges().containsKey("instance-metadata"));
    assertEquals(
        List.of("instance-metadata", "link-local", "loopback", "multicast", "partner"),
        new ArrayList<>(identity.namedRanges().keySet()));
  }

  @Test
  void textIsTakenAsWrittenWhateverYamlWouldGuess() {
    Config config =
        config("identity: {cluster: no}\nkafka: {a: 010, b: 12:30:45, c: 1_000, d: 1e3}");

    assertEquals("no", config.identity().cluster());
    assertEquals(Map.of("a", "010", "b", "12:30:45", "c", "1_000", "d", "1e3"), config.kafka());
  }

  @Test
  void propertiesOfClientsPassThroughWithTheirDots() {
    Config config = config("kafka:\n  bootstrap.servers: a:9092,b:9092\n  max.poll.records: 17\n");

    assertEquals(
        Map.of("bootstrap.servers", "a:9092,b:9092", "max.poll.records", "17"), config.kafka());
  }

  @Test
  void overridesWinOverTheFileAndLaterOnesOverEarlier() {
    Config config =
        config(
            "windows: {length: 30s, max-future: 1s}",
            "windows.length=20s",
            "windows.length=60s",
            "kafka.bootstrap.servers=broker:9092",
            "kafka.x=a=b",
            "identity.internal-cidrs=[10.0.0.0/8, 'fc00::/7']",
            "identity.named-ranges.my.lab=[192.0.2.0/24]",
            "serde.settings.schema.registry.url=\"mock://a b\"",
            "streams.group-instance-id=");

    assertEquals(Duration.ofSeconds(60), config.windows().length());
    assertEquals(Duration.ofSeconds(1), config.windows().maxFuture());
    assertEquals(Map.of("bootstrap.servers", "broker:9092", "x", "a=b"), config.kafka());
    assertEquals(List.of("10.0.0.0/8", "fc00::/7"), config.identity().internalCidrs());
    assertEquals(List.of("192.0.2.0/24"), config.identity().namedRanges().get("my.lab"));
    assertEquals(Map.of("schema.registry.url", "mock://a b"), config.serde().settings());
    assertEquals("", config.streams().groupInstanceId());
  }

  @Test
  void anOverrideMendsWhatTheFileHasWrong() {
    Config config =
        config(
            "windows: {length: 7s}\nkafka: {a: '${env:GONE}'}", "windows.length=10s", "kafka.a=b");

    assertEquals(Duration.ofSeconds(10), config.windows().length());
    assertEquals(Map.of("a", "b"), config.kafka());
  }

  @Test
  void topicsAreDerivedFromThePrefixUnlessNamed() {
    Config config =
        config("topics: {prefix: acme, alerts: pages}\nsources: {hubble: {topic: hubble-flows}}");

    assertEquals("acme.raw.vpc-cni", config.topic(Topic.RAW_VPC_CNI));
    assertEquals("acme.activity", config.topic(Topic.ACTIVITY));
    assertEquals("pages", config.topic(Topic.ALERTS));
    assertEquals("hubble-flows", config.topic(Config.rawTopic(Source.HUBBLE)));
    assertEquals("acme.raw.vpc-flow", config.topic(Config.rawTopic(Source.VPC_FLOW)));
  }

  @Test
  void everySourceHasItsSettings() {
    Config config = config("sources: {hubble: {lateness: 1s}, vpc-cni: {enabled: false}}");

    assertEquals(Duration.ofSeconds(1), config.sources().of(Source.HUBBLE).lateness());
    assertFalse(config.sources().of(Source.VPC_CNI).enabled());
    assertEquals(Duration.ofMinutes(15), config.sources().of(Source.VPC_FLOW).lateness());
  }

  @Test
  void aServiceNeedsMoreThanAValidConfigurationAndIsToldAllOfIt() {
    ConfigException bare =
        assertThrows(ConfigException.class, () -> Config.defaults().checkForRun());
    ConfigException swept =
        assertThrows(
            ConfigException.class,
            () ->
                config(
                        "state: {dir: /var/../tmp/x}",
                        "kafka.bootstrap.servers=a:1",
                        "serde.settings.schema.registry.url=http://r")
                    .checkForRun());

    String all = bare.getMessage();
    assertTrue(all.contains("kafka.bootstrap.servers must be set"), all);
    assertTrue(all.contains("serde.settings.schema.registry.url must be set"), all);
    assertTrue(all.contains("state.dir must be set"), all);
    assertEquals("state.dir must not be a temporary directory: /var/../tmp/x", swept.getMessage());
  }

  @Test
  void aServiceThatLacksNothingMayRun() {
    Config embedded =
        config("state: {backend: memory}")
            .withKafka(Map.of("bootstrap.servers", "localhost:1"))
            .withSerdeSettings(Map.of("schema.registry.url", "mock://embedded"));

    embedded.checkForRun();
    assertEquals("localhost:1", embedded.kafka().get("bootstrap.servers"));
    config(
            "serde: {class-name: com.example.TheirSerde}\nstate: {dir: /srv/tidemark}\nkafka: {bootstrap.servers: a}")
        .checkForRun();
  }

  @Test
  void aFileIsReadWithOrWithoutAByteOrderMark(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("a.yaml"), "\ufeffidentity: {cluster: Zürich}");

    LoadedConfig loaded = ConfigLoader.load(file, List.of(), name -> null);

    assertEquals("Zürich", loaded.config().identity().cluster());
  }

  @Test
  void aFileThatIsAbsentTooLargeOrNotTextIsNamed(@TempDir Path dir) throws IOException {
    Path absent = dir.resolve("absent.yaml");
    Path latin =
        Files.write(dir.resolve("latin.yaml"), "a: é".getBytes(StandardCharsets.ISO_8859_1));
    Path large = Files.writeString(dir.resolve("large.yaml"), "#".repeat(256 * 1024 + 1));

    for (Path file : List.of(absent, latin, large)) {
      ConfigException e =
          assertThrows(
              ConfigException.class, () -> ConfigLoader.load(file, List.of(), name -> null));
      assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
    }
  }
}
