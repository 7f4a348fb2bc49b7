package io.tidemark.config;

import io.tidemark.alert.AlertSettings;
import io.tidemark.flow.IdentitySettings;
import io.tidemark.flow.Source;
import io.tidemark.setting.Setting;
import io.tidemark.window.WindowSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that can be set. Read once at the edge by {@link ConfigLoader}; what lies below the
 * entry point gets the records it needs. The keys are public: their names and meanings are kept in
 * {@code docs/configuration.md}, which a test compares.
 */
public record Config(
    @Setting("Who an address belongs to.") IdentitySettings identity,
    @Setting("Names and sizes of topics. An empty name is derived from the prefix.")
        TopicSettings topics,
    @Setting("The sources of flow records, at least one of them enabled.") Sources sources,
    @Setting("The windows of event time that flows are folded into.") WindowSettings windows,
    @Setting("The detectors and their parameters.") Detectors detectors,
    @Setting("When a signal becomes an alert, and when an alert is told again.")
        AlertSettings alerts,
    @Setting(
            "Properties for Kafka's clients, passed on unchanged; bootstrap.servers is needed by run.")
        Map<String, String> kafka,
    @Setting("How records of public topics are written.") SerdeSettings serde,
    @Setting("Where state is kept.") StateSettings state,
    @Setting("How the service runs in Kafka Streams.") StreamsSettings streams,
    @Setting("The console and the metrics.") HttpSettings http) {

  public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";

  public Config {
    kafka = Collections.unmodifiableMap(new LinkedHashMap<>(kafka));
    kafka.keySet().forEach(key -> Require.notBlank("kafka", key));
    Map<String, Topic> names = new HashMap<>();
    for (Topic topic : Topic.values()) {
      String name = name(topic, topics, sources);
      Topic other = names.put(name, topic);
      Require.that(
          other == null,
          "topics",
          "must differ, but " + other + " and " + topic + " are both",
          name);
    }
  }

  public static Config defaults() {
    return new Config(
        IdentitySettings.defaults(),
        TopicSettings.defaults(),
        Sources.defaults(),
        WindowSettings.defaults(),
        Detectors.defaults(),
        AlertSettings.defaults(),
        Map.of(),
        SerdeSettings.defaults(),
        StateSettings.defaults(),
        StreamsSettings.defaults(),
        HttpSettings.defaults());
  }

  /** The name of a topic, given or derived. */
  public String topic(Topic topic) {
    return name(topic, topics, sources);
  }

  /** The raw topic of a source. */
  public static Topic rawTopic(Source source) {
    return switch (source) {
      case HUBBLE -> Topic.RAW_HUBBLE;
      case VPC_CNI -> Topic.RAW_VPC_CNI;
      case VPC_FLOW -> Topic.RAW_VPC_FLOW;
      case COREDNS -> Topic.RAW_COREDNS;
    };
  }

  /**
   * What a service against a real Kafka needs beyond a valid configuration.
   *
   * @throws ConfigException naming all that is missing
   */
  public void checkForRun() {
    List<Problem> problems = new ArrayList<>();
    if (kafka.getOrDefault(BOOTSTRAP_SERVERS, "").isBlank()) {
      problems.add(Problem.missing("kafka.bootstrap.servers must be set, such as localhost:9092"));
    }
    if (serde.className().equals(SerdeSettings.AVRO)
        && serde.settings().getOrDefault(SerdeSettings.REGISTRY_URL, "").isBlank()) {
      problems.add(
          Problem.missing(
              "serde.settings.schema.registry.url must be set, such as http://localhost:8081"));
    }
    if (state.backend() == StateBackend.ROCKSDB) {
      if (state.dir().isEmpty()) {
        problems.add(
            Problem.missing("state.dir must be set, such as /var/lib/tidemark, to keep the state"));
      } else if (state.isTemporary()) {
        problems.add(
            Problem.missing("state.dir must not be a temporary directory: " + state.dir()));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  /** With these client properties added, replacing those of the same names. */
  public Config withKafka(Map<String, String> properties) {
    Map<String, String> both = new LinkedHashMap<>(kafka);
    both.putAll(properties);
    return new Config(
        identity, topics, sources, windows, detectors, alerts, both, serde, state, streams, http);
  }

  /** With these settings of the serde added, replacing those of the same names. */
  public Config withSerdeSettings(Map<String, String> settings) {
    Map<String, String> both = new LinkedHashMap<>(serde.settings());
    both.putAll(settings);
    SerdeSettings merged = new SerdeSettings(serde.className(), both);
    return new Config(
        identity, topics, sources, windows, detectors, alerts, kafka, merged, state, streams, http);
  }

  /** The reference page of all keys, as Markdown. */
  public static String referencePage() {
    return ReferencePage.write(shape(), defaults());
  }

  static Shape.Section shape() {
    return (Shape.Section) Shape.of(Config.class);
  }

  private static String name(Topic topic, TopicSettings topics, Sources sources) {
    String given =
        switch (topic) {
          case RAW_HUBBLE -> sources.hubble().topic();
          case RAW_VPC_CNI -> sources.vpcCni().topic();
          case RAW_VPC_FLOW -> sources.vpcFlow().topic();
          case RAW_COREDNS -> sources.coredns().topic();
          case WORKLOADS -> topics.workloads();
          case CONTROL -> topics.control();
          case ACTIVITY -> topics.activity();
          case FINDINGS -> topics.findings();
          case ALERTS -> topics.alerts();
          case SHADOW -> topics.shadow();
          case BASELINES -> topics.baselines();
          case DLQ -> topics.dlq();
        };
    return given.isEmpty() ? topics.prefix() + "." + topic.suffix() : given;
  }

  /** As YAML, without the values of secrets; a value that came by reference may be one. */
  @Override
  public String toString() {
    return YamlWriter.write(shape(), this, Map.of(), false);
  }
}
