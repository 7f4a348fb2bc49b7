package io.tidemark.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemark.config.Config;
import io.tidemark.config.ConfigLoader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class ConsumerLagTest {

  private static final String TOPIC = "tm.raw.hubble";
  private static final MetricName LAG =
      new MetricName(
          "records-lag",
          "consumer-fetch-manager-metrics",
          "",
          Map.of("client-id", "c", "topic", TOPIC, "partition", "1"));
  private static final MetricName CONNECTIONS =
      new MetricName("connection-count", "consumer-metrics", "", Map.of("client-id", "c"));

  private final Config config =
      ConfigLoader.load(
              null,
              List.of(
                  "kafka.bootstrap.servers=127.0.0.1:9",
                  "serde.settings.schema.registry.url=mock://lag"),
              key -> null)
          .config();
  private final AtomicLong now = new AtomicLong();
  private final AtomicBoolean quiet = new AtomicBoolean(true);
  private double lag;
  private double connections = 3;

  @Test
  void thatNothingIsLeftIsBelievedOnlyIfTheLeaderSaysSoToo() {
    ConsumerLag known = lag();

    long confirmed = known.of(TOPIC, 1);
    quiet.set(false);
    long unconfirmed = known.of(TOPIC, 1);

    assertEquals(0, confirmed);
    assertEquals(-1, unconfirmed);
  }

  @Test
  void whatIsLeftNeedsNobodysWord() {
    lag = 7;
    quiet.set(false);

    assertEquals(7, lag().of(TOPIC, 1));
  }

  @Test
  void aConsumerWithoutAnyConnectionKnowsNothing() {
    connections = 0;

    assertEquals(-1, lag().of(TOPIC, 1));
  }

  @Test
  void aPartitionThatNobodyReadsIsNotKnown() {
    assertEquals(-1, lag().of(TOPIC, 2));
  }

  private ConsumerLag lag() {
    ConsumerLag known = new ConsumerLag(config, now::get);
    known.attach(() -> Map.of(LAG, value(LAG, lag), CONNECTIONS, value(CONNECTIONS, connections)));
    known.confirm(partition -> partition.equals(new TopicPartition(TOPIC, 1)) && quiet.get());
    return known;
  }

  private static Metric value(MetricName name, double value) {
    return new Metric() {
      @Override
      public MetricName metricName() {
        return name;
      }

      @Override
      public Object metricValue() {
        return value;
      }
    };
  }
}
