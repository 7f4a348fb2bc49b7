package io.tidemark.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.embedded.SharedBroker;
import io.tidemark.schemas.registry.AvroSerde;
import io.tidemark.topology.AlertRecords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AlertHistoryTest {

  @RegisterExtension static final SharedBroker broker = new SharedBroker();

  @Test
  void eachAlertIsAsItWasToldLastAndWhatIsNoneIsCounted() throws Exception {
    String topic = broker.topic("alerts", 2);
    AvroSerde<io.tidemark.schemas.Alert> serde = serde();
    Alert last = alert("resolved");
    Map<String, String> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (Alert alert : List.of(alert("update"), last)) {
        byte[] key = alert.workload().key().getBytes(StandardCharsets.UTF_8);
        byte[] value = serde.serializer().serialize(topic, AlertRecords.of(alert));
        producer.send(new ProducerRecord<>(topic, key, value)).get();
      }
      producer.send(new ProducerRecord<>(topic, new byte[] {1, 2, 3})).get();
      producer.send(new ProducerRecord<>(topic, null)).get();
    }

    AlertHistory history = AlertHistory.read(kafka, topic, serde.deserializer(), record -> true);

    assertEquals(Map.of(last.id(), last), history.alerts());
    assertEquals(1, history.unreadable());
  }

  /** One alert, in the state that is asked for. */
  private static Alert alert(String status) throws IOException {
    try (InputStream in = Alert.class.getResourceAsStream("alert.json")) {
      String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return AlertJson.read(json.replace("\"status\":\"update\"", "\"status\":\"" + status + "\""));
    }
  }

  private static AvroSerde<io.tidemark.schemas.Alert> serde() {
    AvroSerde<io.tidemark.schemas.Alert> serde = new AvroSerde<>();
    serde.configure(
        Map.of(
            "schema.registry.url", "mock://" + broker.unique("r"), "specific.avro.reader", "true"),
        false);
    return serde;
  }
}
