package io.tidemark.demo;

import static io.tidemark.demo.Happenings.FLEET;
import static io.tidemark.demo.Happenings.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.fleet.Line;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class FeederTest {

  private static final long SECOND = 1_000;
  private static final Node BROKER = new Node(0, "127.0.0.1", 9092);

  private final AtomicLong nanos = new AtomicLong();
  private final MockProducer<byte[], byte[]> producer = producer();

  private static MockProducer<byte[], byte[]> producer() {
    Node[] replicas = {BROKER};
    Cluster cluster =
        new Cluster(
            "c",
            List.of(BROKER),
            List.of(
                new PartitionInfo("raw", 0, BROKER, replicas, replicas),
                new PartitionInfo("raw", 1, BROKER, replicas, replicas)),
            java.util.Set.of(),
            java.util.Set.of());
    return new MockProducer<>(
        cluster, true, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Line line(long time, int node) {
    byte[] json = ("{" + time + "}").getBytes(StandardCharsets.UTF_8);
    return new Line(time, FLEET.nodeNames().get(node), json);
  }

  private Feeder feeder(MockProducer<byte[], byte[]> to, Line... lines) {
    Script script =
        new Script(
            FLEET,
            START - 10 * SECOND,
            START,
            START + 10 * SECOND,
            List.of(),
            List.of(lines).iterator());
    return new Feeder(to, "raw", 2, script, new Lead(100), nanos::get);
  }

  @Test
  void aNodesLinesGoToOnePartitionWithTheirEventTimes() {
    Feeder feeder =
        feeder(
            producer,
            line(START - 3, 0),
            line(START - 2, 1),
            line(START - 1, 2),
            line(START - 1, 0));

    feeder.run();

    List<ProducerRecord<byte[], byte[]>> sent = producer.history();
    assertEquals(List.of(0, 1, 0, 0), sent.stream().map(ProducerRecord::partition).toList());
    assertEquals(START - 3, sent.get(0).timestamp());
    assertTrue(feeder.done());
  }

  @Test
  void theRestWaitsUntilItsTimeHasCome() throws Exception {
    Feeder feeder = feeder(producer, line(START - 1, 0), line(START + 5 * SECOND, 0));
    Thread writer = new Thread(feeder);

    writer.start();
    while (!feeder.historyWritten()) {
      Thread.onSpinWait();
    }
    assertEquals(1, producer.history().size());
    assertFalse(feeder.done());
    nanos.set(5_000_000_000L);
    feeder.goLive(new Pace(0, START, 1));
    writer.join(10_000);

    assertEquals(2, producer.history().size());
    assertTrue(feeder.done());
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    Feeder feeder = feeder(producer, line(START + 5 * SECOND, 0));
    Thread writer = new Thread(feeder);

    writer.start();
    feeder.goLive(new Pace(0, START, 1));
    writer.interrupt();
    writer.join(10_000);

    assertFalse(writer.isAlive());
    assertFalse(feeder.done());
    feeder.check();
  }

  @Test
  void aRecordThatCannotBeWrittenIsNotSilent() {
    MockProducer<byte[], byte[]> failing = producer();
    failing.sendException = new RecordTooLargeException("too large");
    Feeder feeder = feeder(failing, line(START - 1, 0));

    feeder.run();

    IllegalStateException e = assertThrows(IllegalStateException.class, feeder::check);
    assertTrue(e.getMessage().contains("raw"), e.getMessage());
  }
}
