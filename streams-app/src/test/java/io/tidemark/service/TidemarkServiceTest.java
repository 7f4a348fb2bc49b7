package io.tidemark.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.config.Config;
import io.tidemark.config.Topic;
import io.tidemark.embedded.SharedBroker;
import io.tidemark.schemas.registry.AvroSerde;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TidemarkServiceTest {

  @RegisterExtension static final SharedBroker broker = new SharedBroker();

  @TempDir private Path state;

  private final List<String> said = new java.util.concurrent.CopyOnWriteArrayList<>();

  @Test
  void aRawLineBecomesAFactAndAPoisonedOneADeadLetter() throws Exception {
    String registry = "mock://" + broker.unique("registry");
    Config config = ServiceTrial.config(broker, registry);
    Instant time = Instant.now().minusSeconds(60);
    try (TidemarkService service = TidemarkService.start(config, state, said::add)) {

      assertTrue(service.awaitReady(Duration.ofSeconds(30)));
      ServiceTrial.produce(
          broker.bootstrapServers(),
          config.topic(Topic.RAW_HUBBLE),
          1,
          List.of(ServiceTrial.line(time, "cart", "db", 5432), "{poison"));

      AvroSerde<GenericRecord> plain = new AvroSerde<>();
      plain.configure(Map.of("schema.registry.url", registry), false);
      List<ConsumerRecord<byte[], GenericRecord>> facts =
          ServiceTrial.readAvroUntil(
              broker.bootstrapServers(),
              config.topic(Topic.ACTIVITY),
              plain,
              record -> new String(record.key(), StandardCharsets.UTF_8).endsWith("shop/cart"));
      assertTrue(facts.toString().contains("5432"), facts.toString());
      ConsumerRecord<byte[], byte[]> letter =
          ServiceTrial.readUntil(broker.bootstrapServers(), config.topic(Topic.DLQ), record -> true)
              .get(0);
      assertEquals("{poison", new String(letter.value(), StandardCharsets.UTF_8));
      assertEquals("syntax", header(letter, "tidemark.reason"));
      assertEquals(config.topic(Topic.RAW_HUBBLE), header(letter, "__streams.errors.topic"));
      assertEquals("1", header(letter, "__streams.errors.partition"));
      assertEquals("1", header(letter, "__streams.errors.offset"));
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
