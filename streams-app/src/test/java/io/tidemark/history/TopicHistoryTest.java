package io.tidemark.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.embedded.SharedBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TopicHistoryTest {

  @RegisterExtension static final SharedBroker broker = new SharedBroker();

  @Test
  void everyPartitionIsReadInOrderToTheEndItHadAtTheOpening() throws Exception {
    String topic = broker.topic("three", 3);
    write(topic, 0, 5_000, 0);
    write(topic, 2, 3, 0);
    Extent extent = Extent.of(kafka(), List.of(topic));
    write(topic, 2, 10, 0);

    Map<Integer, List<String>> read = new TreeMap<>();
    try (TopicHistory history = TopicHistory.open(kafka(), extent)) {
      for (var record = history.next(); record != null; record = history.next()) {
        read.computeIfAbsent(record.partition(), p -> new ArrayList<>()).add(text(record));
      }

      assertEquals(Map.of(0, values(5_000), 2, values(3)), read);
      assertEquals(5_003, history.done());
    }
  }

  @Test
  void onePartitionCanBeReadOnWhileTheOthersWait() throws Exception {
    String topic = broker.topic("side", 2);
    write(topic, 0, 4_000, 0);
    write(topic, 1, 4_000, 0);
    Extent extent = Extent.of(kafka(), List.of(topic));

    try (TopicHistory history = TopicHistory.open(kafka(), extent)) {
      List<String> second = drain(history, new TopicPartition(topic, 1));
      List<String> first = drain(history, new TopicPartition(topic, 0));

      assertEquals(values(4_000), second);
      assertEquals(values(4_000), first);
      assertEquals(extent.length(), history.done());
      assertNull(history.next());
    }
  }

  @Test
  void whatWasAbortedIsNotReadAndMarkersAreNoRecords() throws Exception {
    String topic = broker.topic("transactions", 1);
    try (KafkaProducer<String, String> producer =
        producer(Map.of("transactional.id", broker.unique("writer")))) {
      producer.initTransactions();
      for (boolean commits : new boolean[] {true, false, true}) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, "" + commits)).get();
        if (commits) {
          producer.commitTransaction();
        } else {
          producer.abortTransaction();
        }
      }

      // A commit returns before its marker lies in the partition.
      Extent extent = Extent.of(kafka(), List.of(topic));
      List<String> read = all(extent);

      assertEquals(List.of("true", "true"), read);
    }
  }

  @Test
  void historyMayBeginAtATime() throws Exception {
    String topic = broker.topic("times", 2);
    for (int time = 1; time <= 9; time++) {
      write(topic, 0, 1, time * 1000L);
    }
    write(topic, 1, 1, 2_000);

    Extent late = Extent.of(kafka(), List.of(topic), 7_500);
    Extent never = Extent.of(kafka(), List.of(topic), 60_000);

    assertEquals(
        List.of(
            new Extent.Span(new TopicPartition(topic, 0), 7, 9),
            new Extent.Span(new TopicPartition(topic, 1), 1, 1)),
        late.spans());
    assertEquals(2, all(late).size());
    assertEquals(0, never.length());
    assertEquals(List.of(), all(never));
  }

  @Test
  void topicsThatDoNotExistAreNamed() {
    String there = broker.topic("there", 1);

    HistoryException thrown =
        assertThrows(
            HistoryException.class,
            () -> Extent.of(kafka(), List.of(there, broker.unique("gone"))));

    assertEquals(HistoryException.Reason.MISSING, thrown.reason());
    assertEquals("there is no topic " + broker.unique("gone"), thrown.getMessage());
  }

  @Test
  void recordsThatWereRemovedMeanwhileAreNotSkippedInSilence() throws Exception {
    String topic = broker.topic("removed", 1);
    write(topic, 0, 100, 0);
    Extent extent = Extent.of(kafka(), List.of(topic));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(40)))
          .all()
          .get();
    }

    HistoryException thrown = assertThrows(HistoryException.class, () -> all(extent));

    assertEquals(HistoryException.Reason.REMOVED, thrown.reason());
    assertTrue(thrown.getMessage().contains(topic + "-0 no longer holds offset 0"));
  }

  @Test
  void aTransactionThatNobodyEndsIsNotWaitedForForever() throws Exception {
    String topic = broker.topic("open", 1);
    try (KafkaProducer<String, String> producer =
        producer(Map.of("transactional.id", broker.unique("hanging")))) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "undecided")).get();
      Extent extent = Extent.of(kafka(), List.of(topic));

      try (TopicHistory history = new TopicHistory(kafka(), extent, Duration.ofMillis(300))) {
        HistoryException thrown = assertThrows(HistoryException.class, history::next);

        assertEquals(HistoryException.Reason.UNAVAILABLE, thrown.reason());
        assertTrue(thrown.getMessage().contains(topic + "-0 at offset 0 of 1"));
      }
    }
  }

  @Test
  void lookingLeavesNoGroupBehindEvenWhenOneIsConfigured() throws Exception {
    String topic = broker.topic("quiet", 1);
    write(topic, 0, 10, 0);
    Map<String, String> kafka = new HashMap<>(kafka());
    kafka.put("group.id", broker.unique("group"));
    kafka.put("group.instance.id", "i");

    try (TopicHistory history = TopicHistory.open(kafka, Extent.of(kafka, List.of(topic)))) {
      assertEquals(values(10), drain(history, new TopicPartition(topic, 0)));
    }

    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      List<String> groups =
          admin.listGroups().all().get().stream().map(GroupListing::groupId).toList();
      assertTrue(groups.stream().noneMatch(broker.unique("group")::equals), groups::toString);
    }
  }

  private static List<String> all(Extent extent) throws InterruptedException {
    List<String> read = new ArrayList<>();
    try (TopicHistory history = TopicHistory.open(kafka(), extent)) {
      for (var record = history.next(); record != null; record = history.next()) {
        read.add(text(record));
      }
    }
    return read;
  }

  private static List<String> drain(TopicHistory history, TopicPartition partition)
      throws InterruptedException {
    List<String> read = new ArrayList<>();
    for (var record = history.next(partition); record != null; record = history.next(partition)) {
      read.add(text(record));
    }
    return read;
  }

  private static String text(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }

  private static List<String> values(int count) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add("value " + i);
    }
    return values;
  }

  /** Value 0 and so on, all of one time; 0 is now. */
  private static void write(String topic, int partition, int count, long time) {
    try (KafkaProducer<String, String> producer = producer(Map.of())) {
      for (String value : values(count)) {
        Long stamp = time == 0 ? null : time;
        var unused = producer.send(new ProducerRecord<>(topic, partition, stamp, null, value));
      }
    }
  }

  private static KafkaProducer<String, String> producer(Map<String, String> more) {
    Map<String, Object> properties = new HashMap<>(kafka());
    properties.putAll(more);
    return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
  }

  private static Map<String, String> kafka() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }
}
