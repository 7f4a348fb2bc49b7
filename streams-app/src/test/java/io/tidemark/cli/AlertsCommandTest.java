package io.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.Severity;
import io.tidemark.alert.Status;
import io.tidemark.embedded.SharedBroker;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.schemas.registry.AvroSerde;
import io.tidemark.topology.AlertRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AlertsCommandTest {

  @RegisterExtension static final SharedBroker broker = new SharedBroker();

  private final Terminal terminal = new Terminal();
  private String topic;
  private String registry;

  @BeforeEach
  void publish() {
    topic = broker.topic("alerts", 1);
    registry = "mock://" + broker.unique("alerts");
    AvroSerde<io.tidemark.schemas.Alert> serde = new AvroSerde<>();
    serde.configure(Map.of("schema.registry.url", registry), false);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<byte[]> values = new ArrayList<>();
      values.add(serde.serialize(topic, AlertRecords.of(alert("new-peer", Severity.LOW, 50))));
      values.add("no alert".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      values.add(serde.serialize(topic, AlertRecords.of(alert("volume", Severity.HIGH, 85))));
      values.add(serde.serialize(topic, AlertRecords.of(alert("volume", Severity.LOW, 45))));
      for (byte[] value : values) {
        var unused = producer.send(new ProducerRecord<>(topic, value));
      }
    }
  }

  @Test
  void everyAlertThatFitsIsARowAndWhatIsNoneIsNamed() {
    int code = follow("--max", "2", "--detector", "volume");

    assertEquals(ExitCode.OK, code, terminal.err());
    List<String> lines = terminal.out().lines().toList();
    assertEquals(3, lines.size(), terminal.out());
    assertTrue(lines.get(0).startsWith("TIME (UTC)"), terminal.out());
    assertTrue(lines.get(1).contains("HIGH") && lines.get(1).contains("85"), terminal.out());
    assertTrue(
        terminal.err().startsWith(topic + " partition 0 offset 1 is no alert: "), terminal.err());
  }

  @Test
  void aSeverityMeansThatAndAbove() {
    int code = follow("--max", "1", "--severity", "medium", "--format", "json");

    assertEquals(ExitCode.OK, code, terminal.err());
    assertEquals(
        AlertJson.write(alert("volume", Severity.HIGH, 85), false), terminal.out().strip());
  }

  @Test
  void theLatestStatesAreShownOnceByTimeAndThatIsTheEnd() {
    int code = terminal.run(arguments("--latest", "--format", "json", "--canonical"));

    assertEquals(ExitCode.OK, code, terminal.err());
    // All three are one alert, by their id; a table follows, this ends.
    assertEquals(AlertJson.write(alert("volume", Severity.LOW, 45), true), terminal.out().strip());
    assertTrue(terminal.err().contains("left out as no alerts: 1"), terminal.err());
  }

  private int follow(String... more) {
    List<String> all = new ArrayList<>(List.of("--from-beginning"));
    all.addAll(List.of(more));
    return terminal.run(arguments(all.toArray(String[]::new)));
  }

  private String[] arguments(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "alerts",
                "--set",
                "kafka.bootstrap.servers=" + broker.bootstrapServers(),
                "--set",
                "serde.settings.schema.registry.url=" + registry,
                "--set",
                "topics.alerts=" + topic));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  private static Alert alert(String detector, Severity severity, double score) {
    return new Alert(
        "0".repeat(32),
        detector,
        1,
        Status.OPEN,
        severity,
        score,
        List.of(),
        Source.HUBBLE,
        new Workload("c", "shop", "cart"),
        "Deployment",
        "peer",
        "db",
        10_000,
        20_000,
        1,
        "first contact",
        List.of(),
        List.of(),
        List.of(),
        null);
  }
}
