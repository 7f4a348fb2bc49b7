package io.tidemark.service;

import io.tidemark.config.Config;
import io.tidemark.flow.Source;
import io.tidemark.topology.InputLag;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;

/**
 * The lag of input partitions as the consumers' own metrics tell it, looked up at most once a
 * second, or more often for short idle timeouts. A consumer without any connection to a broker
 * knows nothing: its last word may be old. One that is connected to some brokers may not reach the
 * leader of a partition: that nothing is left to read there is believed only if the leader says so
 * too.
 */
final class ConsumerLag implements InputLag {

  private static final String FETCH = "consumer-fetch-manager-metrics";
  private static final String CONSUMER = "consumer-metrics";
  private static final Duration FRESH = Duration.ofSeconds(1);

  /** Of the shortest idle timeout: what is older says nothing about a partition that just came. */
  private static final int SHARE = 16;

  private final LongSupplier nanoTime;
  private final long fresh;
  private volatile Supplier<Map<MetricName, ? extends Metric>> metrics = Map::of;
  private volatile Predicate<TopicPartition> quiet = partition -> false;
  private Map<TopicPartition, Long> known = Map.of();
  private long since;

  ConsumerLag(Config config, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.fresh = fresh(config).toNanos();
    this.since = nanoTime.getAsLong() - fresh;
  }

  private static Duration fresh(Config config) {
    Duration part = shortestIdleTimeout(config).dividedBy(SHARE);
    return part.compareTo(FRESH) < 0 ? part : FRESH;
  }

  static Duration shortestIdleTimeout(Config config) {
    return Arrays.stream(Source.values())
        .map(source -> config.sources().of(source).idleTimeout())
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  void attach(Supplier<Map<MetricName, ? extends Metric>> source) {
    metrics = source;
  }

  /**
   * Asks somebody else, too, before it says that nothing is left.
   *
   * @param leaders whether the leader of a partition knows of nothing new
   */
  void confirm(Predicate<TopicPartition> leaders) {
    quiet = leaders;
  }

  @Override
  public synchronized long of(String topic, int partition) {
    long now = nanoTime.getAsLong();
    if (now - since >= fresh) {
      known = read(metrics.get());
      since = now;
    }
    Long lag = known.get(new TopicPartition(topic, partition));
    if (lag == null) {
      // Clients before 4.1 write dots of a topic's name as underscores.
      lag = known.get(new TopicPartition(topic.replace('.', '_'), partition));
    }
    if (lag == null) {
      return -1;
    }
    return lag != 0 || quiet.test(new TopicPartition(topic, partition)) ? lag : -1;
  }

  private static Map<TopicPartition, Long> read(Map<MetricName, ? extends Metric> all) {
    Set<String> cutOff = new java.util.HashSet<>();
    all.forEach(
        (name, metric) -> {
          if (name.group().equals(CONSUMER)
              && name.name().equals("connection-count")
              && number(metric) == 0) {
            cutOff.add(name.tags().get("client-id"));
          }
        });
    Map<TopicPartition, Long> lags = new HashMap<>();
    all.forEach(
        (name, metric) -> {
          Map<String, String> tags = name.tags();
          String topic = tags.get("topic");
          String partition = tags.get("partition");
          if (name.group().equals(FETCH)
              && name.name().equals("records-lag")
              && topic != null
              && partition != null
              && !cutOff.contains(tags.get("client-id"))) {
            double lag = number(metric);
            if (lag >= 0) {
              lags.merge(
                  new TopicPartition(topic, Integer.parseInt(partition)), (long) lag, Math::max);
            }
          }
        });
    return lags;
  }

  /** -1 when there is none yet. */
  private static double number(Metric metric) {
    return metric.metricValue() instanceof Number value && !Double.isNaN(value.doubleValue())
        ? value.doubleValue()
        : -1;
  }
}
