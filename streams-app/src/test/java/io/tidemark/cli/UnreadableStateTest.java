package io.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.embedded.SharedBroker;
import io.tidemark.state.StateWriter;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A service that goes back to an older version. */
class UnreadableStateTest {

  @RegisterExtension static final SharedBroker broker = new SharedBroker();

  private final Terminal terminal = new Terminal();

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void stateOfALaterVersionEndsTheServiceAtOnceAndIsLeftAsItIs() throws Exception {
    String application = broker.unique("app");
    String changelog = broker.topic("app-judge-dossiers-changelog", 1);
    assertEquals(application + "-judge-dossiers-changelog", changelog);
    byte[] key = new StateWriter().u8(1).string("hubble").string("default/shop/cart").toBytes();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(changelog, key, new byte[] {99, 1, 2, 3})).get();
    }

    int code =
        terminal.run(
            "run",
            "--set=kafka.bootstrap.servers=" + broker.bootstrapServers(),
            "--set=serde.settings.schema.registry.url=mock://" + broker.unique("unreadable"),
            "--set=topics.prefix=" + broker.unique("tm"),
            "--set=topics.raw-partitions=1",
            "--set=topics.partitions=1",
            "--set=streams.application-id=" + application,
            "--set=sources.vpc-cni.enabled=false",
            "--set=sources.vpc-flow.enabled=false",
            "--set=sources.coredns.enabled=false",
            "--set=state.backend=memory",
            "--set=http.port=0");

    assertEquals(ExitCode.DATA, code, terminal.err());
    assertTrue(
        terminal
            .err()
            .contains(
                "stopped: store judge-dossiers cannot be read: Key[source=HUBBLE,"
                    + " workload=default/shop/cart]: dossier of default/shop/cart: state version 99,"
                    + " known"),
        terminal.err());
    assertEquals(
        1,
        terminal.err().lines().filter(line -> line.contains("processing failed")).count(),
        terminal.err());
  }
}
