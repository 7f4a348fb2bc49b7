package io.tidemark.service;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tidemark.embedded.SharedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class InputEndsTest {

  private static final Duration IDLE = Duration.ofSeconds(40);

  @RegisterExtension static final SharedBroker broker = new SharedBroker();

  private final AtomicLong now = new AtomicLong();
  private final String topic = broker.unique("ends");
  private final TopicPartition partition = new TopicPartition(topic, 0);

  @Test
  void aPartitionIsQuietWhenItsLeaderSaysTwiceThatItEndsWhereItDid() throws Exception {
    try (Admin admin = admin()) {
      InputEnds ends = new InputEnds(admin, Set.of(topic), IDLE, now::get);
      boolean before = ends.quiet(partition);

      awaitQuiet(ends);
      ServiceTrial.produce(broker.bootstrapServers(), topic, 0, List.of("a line"));

      assertFalse(before);
      Awaitility.await()
          .atMost(ServiceTrial.AT_MOST)
          .until(
              () -> {
                ends.ask();
                return !ends.quiet(partition);
              });
      awaitQuiet(ends);
    }
  }

  @Test
  void aLeaderThatDoesNotAnswerAnyMoreSaysNothing() throws Exception {
    try (Admin admin = admin()) {
      InputEnds ends = new InputEnds(admin, Set.of(topic), IDLE, now::get);
      awaitQuiet(ends);

      now.addAndGet(IDLE.dividedBy(2).toNanos() + 1);

      assertFalse(ends.quiet(partition));
    }
  }

  private void awaitQuiet(InputEnds ends) {
    Awaitility.await()
        .atMost(ServiceTrial.AT_MOST)
        .until(
            () -> {
              ends.ask();
              return ends.quiet(partition);
            });
  }

  private Admin admin() throws Exception {
    Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    return admin;
  }
}
