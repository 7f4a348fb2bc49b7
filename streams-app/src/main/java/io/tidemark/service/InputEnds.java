package io.tidemark.service;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the partitions of the raw topics end, by the word of their leaders, asked again and again:
 * a consumer that cannot reach a leader goes on to say that there is nothing left to read.
 */
final class InputEnds implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(InputEnds.class);

  /** Asks so many times in an idle timeout. */
  private static final int ASKS = 8;

  /**
   * Short idle timeouts are for trials, where nothing is worth a request every few milliseconds.
   */
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);

  private static final Duration SHORTEST_FRESH = Duration.ofSeconds(2);

  private record Word(long end, boolean moved, long heard) {}

  private final Admin admin;
  private final Set<String> topics;
  private final Duration every;
  private final Duration fresh;
  private final LongSupplier nanoTime;
  private final Map<TopicPartition, Word> words = new ConcurrentHashMap<>();
  private final Set<TopicPartition> leaderless = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closing = new CountDownLatch(1);

  /**
   * @param admin closed by whoever made it
   * @param idleTimeout how long nobody may know anything about a partition that is not idle: an
   *     answer is good for half of it, or for two seconds
   */
  InputEnds(Admin admin, Set<String> topics, Duration idleTimeout, LongSupplier nanoTime) {
    this.admin = admin;
    this.topics = Set.copyOf(topics);
    this.every = longer(idleTimeout.dividedBy(ASKS), SHORTEST_PAUSE);
    this.fresh = longer(idleTimeout.dividedBy(2), SHORTEST_FRESH);
    this.nanoTime = nanoTime;
  }

  private static Duration longer(Duration one, Duration two) {
    return one.compareTo(two) > 0 ? one : two;
  }

  void start() {
    Thread thread = new Thread(this::run, "tidemark-input-ends");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Whether nothing came to a partition lately: its leader said so just now. Of a partition without
   * a leader it is known too: nobody can write to it. If its leader does not answer, nobody knows.
   */
  boolean quiet(TopicPartition partition) {
    if (leaderless.contains(partition)) {
      return true;
    }
    Word word = words.get(partition);
    return word != null && !word.moved() && nanoTime.getAsLong() - word.heard() <= fresh.toNanos();
  }

  private void run() {
    try {
      do {
        ask();
      } while (!closing.await(every.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for no answer: one leader that does not give any holds up no other. */
  void ask() {
    try {
      for (KafkaFuture<TopicDescription> described :
          admin.describeTopics(topics).topicNameValues().values()) {
        var unused =
            described.whenComplete(
                (topic, failed) -> {
                  if (failed == null && closing.getCount() > 0) {
                    ask(topic);
                  }
                });
      }
    } catch (KafkaException | IllegalStateException e) {
      LOG.debug("cannot ask for the input's topics", e);
    }
  }

  private void ask(TopicDescription topic) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (TopicPartitionInfo partition : topic.partitions()) {
      TopicPartition at = new TopicPartition(topic.name(), partition.partition());
      if (partition.leader() == null || partition.leader().isEmpty()) {
        leaderless.add(at);
      } else {
        leaderless.remove(at);
        asked.put(at, OffsetSpec.latest());
      }
    }
    try {
      ListOffsetsResult result = admin.listOffsets(asked);
      for (TopicPartition at : asked.keySet()) {
        var unused =
            result
                .partitionResult(at)
                .whenComplete(
                    (end, failed) -> {
                      if (failed == null) {
                        heard(at, end.offset());
                      }
                    });
      }
    } catch (KafkaException | IllegalStateException e) {
      LOG.debug("cannot ask for the input's ends", e);
    }
  }

  private void heard(TopicPartition at, long end) {
    long now = nanoTime.getAsLong();
    words.compute(at, (key, before) -> new Word(end, before == null || before.end() != end, now));
  }

  /** Asks no more; waits for nothing. */
  @Override
  public void close() {
    closing.countDown();
  }
}
