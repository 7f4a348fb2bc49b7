package io.tidemark.determinism;

import io.tidemark.fleet.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes a history to a topic: each line to a partition at random, each partition in order of time,
 * and the partitions interleaved at random.
 */
record Spread(String servers, String topic, int partitions) {

  /** Lines of one partition in a row, at most. */
  private static final int BURST = 400;

  /**
   * Returns when all is written.
   *
   * @param produced told the partition of each line
   */
  void write(List<Line> lines, Random random, IntConsumer produced) {
    List<List<Line>> queues = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      queues.add(new ArrayList<>());
    }
    lines.forEach(line -> queues.get(random.nextInt(partitions)).add(line));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "linger.ms", 5, "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      int[] next = new int[partitions];
      for (int left = lines.size(); left > 0; ) {
        int partition = random.nextInt(partitions);
        List<Line> queue = queues.get(partition);
        int end = Math.min(queue.size(), next[partition] + 1 + random.nextInt(BURST));
        for (; next[partition] < end; next[partition]++, left--) {
          byte[] json = queue.get(next[partition]).json();
          var unused = producer.send(new ProducerRecord<>(topic, partition, null, json));
          produced.accept(partition);
        }
      }
      producer.flush();
    }
  }
}
