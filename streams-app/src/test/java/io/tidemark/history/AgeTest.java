package io.tidemark.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.embedded.SharedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AgeTest {

  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long NOW = 100 * DAY;

  @RegisterExtension static final SharedBroker broker = new SharedBroker();

  @Test
  void whatIsKeptLongEnoughIsAtNoRisk() {
    Age age = new Age("t", 7 * DAY, NOW - 6 * DAY, NOW);

    assertEquals(Optional.empty(), age.risk(NOW, 2 * HOUR));
  }

  @Test
  void recordsOlderThanTheirRetentionMayGoAtAnyMoment() {
    Age age = new Age("t", 7 * DAY, NOW - 8 * DAY, NOW);

    assertEquals(
        "Kafka may remove records of t before they are read: they are kept for 7 days"
            + " (retention.ms), and the oldest are 8 days old; to be safe, set retention.ms of the"
            + " topic to -1 meanwhile",
        age.risk(NOW, 0).orElseThrow());
  }

  @Test
  void recordsThatExpireBeforeReadingIsDoneAreAtRiskOnceThatIsKnown() {
    Age age = new Age("t", 30 * HOUR, NOW - 25 * HOUR, NOW - 24 * HOUR);

    assertEquals(Optional.empty(), age.risk(NOW, 5 * HOUR));
    assertTrue(age.risk(NOW, 7 * HOUR).orElseThrow().contains("even the newest"));
  }

  @Test
  void whatIsKeptForeverIsAtNoRisk() {
    assertEquals(Optional.empty(), new Age("t", Age.FOREVER, 0, 0).risk(NOW, 1000 * DAY));
  }

  @Test
  void theBrokerTellsTheAgeOfWhatIsThere() throws Exception {
    String old = broker.topic("old", 2, Map.of("retention.ms", Long.toString(5 * DAY)));
    String compacted = broker.topic("compacted", 1, Map.of("cleanup.policy", "compact"));
    String empty = broker.topic("empty", 1);
    Map<String, String> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(old, 0, 7_000L, null, new byte[1])).get();
      producer.send(new ProducerRecord<>(old, 1, 9_000L, null, new byte[1])).get();
      producer.send(new ProducerRecord<>(compacted, 0, 8_000L, new byte[1], new byte[1])).get();
    }
    Extent extent = Extent.of(kafka, List.of(old, compacted, empty));

    List<Age> ages = Age.of(kafka, extent.partitions());

    assertEquals(2, ages.size(), ages.toString());
    assertTrue(ages.contains(new Age(old, 5 * DAY, 7_000, 9_000)), ages.toString());
    assertTrue(ages.contains(new Age(compacted, Age.FOREVER, 8_000, 8_000)), ages.toString());
  }
}
