package io.tidemark.service;

import io.tidemark.config.Config;
import io.tidemark.flow.Source;
import io.tidemark.topology.InputLag;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;

/**
 * The lag of input partitions as the consumers' own metrics tell it, looked up at most once a
 * second, or more often for short idle timeouts. A consumer without any connection to a broker
 * knows nothing: its last word may be old.
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
  private Map<TopicPartition, Long> known = Map.of();
  private long since;

  ConsumerLag(Config config, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.fresh = fresh(config).toNanos();
    this.since = nanoTime.getAsLong() - fresh;
  }

  private static Duration fresh(Config config) {
    Duration fresh = FRESH;
    for (Source source : Source.values()) {
      Duration part = config.sources().of(source).idleTimeout().dividedBy(SHARE);
      fresh = part.compareTo(fresh) < 0 ? part : fresh;
    }
    return fresh;
  }

  void attach(Supplier<Map<MetricName, ? extends Metric>> source) {
    metrics = source;
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
    return lag == null ? -1 : lag;
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
