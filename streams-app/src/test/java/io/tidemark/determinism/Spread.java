package io.tidemark.determinism;

import io.tidemark.fleet.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes a history to a topic: each line to a partition at random, each partition in order of time,
 * and the partitions interleaved at random.
 */
record Spread(String servers, String topic, int partitions) {

  /** Lines of one partition in a row, at most. */
  private static final int BURST = 400;

  /**
   * Returns when all is written, and acknowledged.
   *
   * @param produced told the partition of each line
   */
  void write(List<Line> lines, Random random, IntConsumer produced) throws InterruptedException {
    List<List<Line>> queues = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      queues.add(new ArrayList<>());
    }
    lines.forEach(line -> queues.get(random.nextInt(partitions)).add(line));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                servers,
                "linger.ms",
                5,
                // A busy broker that has just made the topic refuses some requests: with more than
                // one on the way, a batch can be lost.
                "max.in.flight.requests.per.connection",
                1),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      int[] next = new int[partitions];
      for (int left = lines.size(); left > 0; ) {
        int partition = random.nextInt(partitions);
        List<Line> queue = queues.get(partition);
        int end = Math.min(queue.size(), next[partition] + 1 + random.nextInt(BURST));
        for (; next[partition] < end; next[partition]++, left--) {
          byte[] json = queue.get(next[partition]).json();
          sent.add(producer.send(new ProducerRecord<>(topic, partition, null, json)));
          produced.accept(partition);
        }
      }
      producer.flush();
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("could not write to " + topic, e.getCause());
    }
  }
}
