package io.tidemark.service;

import io.tidemark.config.Config;
import io.tidemark.config.Topic;
import io.tidemark.flow.Source;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether a topic that is read has another number of partitions than at the start, and where
 * the raw topics end.
 */
final class TopicWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);

  private static final Duration SELDOM = Duration.ofSeconds(10);
  private static final Duration OFTEN = Duration.ofSeconds(1);

  private final Map<String, Integer> known;
  private final Duration every;
  private final Admin admin;
  private final InputEnds ends;

  /**
   * @param found how many partitions each topic had at the start
   */
  TopicWatch(Config config, Map<Topic, Integer> found, Admin admin) {
    this.known = read(config, found);
    this.every = every(config);
    this.admin = admin;
    this.ends =
        new InputEnds(
            admin,
            Topics.rawPartitions(found).keySet().stream()
                .map(source -> config.topic(Config.rawTopic(source)))
                .collect(Collectors.toSet()),
            ConsumerLag.shortestIdleTimeout(config),
            System::nanoTime);
    ends.start();
  }

  /** Where the raw topics end; asked for until this is closed. */
  InputEnds ends() {
    return ends;
  }

  /**
   * How often to look. Within half of the shortest lateness no window is complete yet that the
   * records of a partition created meanwhile belong to.
   */
  Duration every() {
    return every;
  }

  /** Topics that have changed, and how many partitions they have now; none if nobody knows. */
  Map<String, Integer> changed() throws InterruptedException {
    Map<String, Integer> changed = new TreeMap<>();
    try {
      admin
          .describeTopics(known.keySet())
          .allTopicNames()
          .get()
          .forEach(
              (name, topic) -> {
                if (topic.partitions().size() != known.get(name)) {
                  changed.put(name, topic.partitions().size());
                }
              });
    } catch (ExecutionException | KafkaException e) {
      // Whoever reads them finds out too, and says so.
      LOG.debug("cannot look at the topics", e);
    }
    return changed;
  }

  @Override
  public void close() {
    ends.close();
    admin.close(Duration.ZERO);
  }

  private static Map<String, Integer> read(Config config, Map<Topic, Integer> found) {
    Map<Topic, Integer> read = new EnumMap<>(Topic.class);
    read.put(Topic.ACTIVITY, found.get(Topic.ACTIVITY));
    read.put(Topic.FINDINGS, found.get(Topic.FINDINGS));
    for (Source source : Topics.rawPartitions(found).keySet()) {
      read.put(Config.rawTopic(source), found.get(Config.rawTopic(source)));
    }
    Map<String, Integer> names = new TreeMap<>();
    read.forEach((topic, partitions) -> names.put(config.topic(topic), partitions));
    return names;
  }

  private static Duration every(Config config) {
    Duration least = SELDOM.multipliedBy(2);
    for (Source source : Source.values()) {
      Duration lateness = config.sources().of(source).lateness();
      if (config.sources().of(source).enabled() && lateness.compareTo(least) < 0) {
        least = lateness;
      }
    }
    Duration half = least.dividedBy(2);
    return half.compareTo(OFTEN) < 0 ? OFTEN : half;
  }
}
