package io.tidemark.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.state.Codec;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The driver commits after every record: what a record does is what happens between commits. */
final class CommittedObjectStoreTest {

  private static final String STORE = "things";

  private static final Codec<StringBuilder> TEXT =
      new Codec<>() {
        @Override
        public void write(StringBuilder value, StateWriter out) {
          out.string(value.toString());
        }

        @Override
        public StringBuilder read(StateReader in) {
          return new StringBuilder(in.text());
        }
      };

  /** Puts, removes and changes as its records say. */
  private static final class Scripted implements Processor<String, String, Void, Void> {

    private CommittedObjectStore<String, StringBuilder> store;
    private StringBuilder last;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
      store = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<String, String> record) {
      for (String step : record.value().split(" ", -1)) {
        switch (step) {
          case "put" -> {
            last = new StringBuilder("new");
            store.put(record.key(), last);
          }
          case "change" -> last.append('!');
          case "again" -> store.put(record.key(), last);
          case "remove" -> store.remove(record.key());
          default -> throw new IllegalArgumentException(step);
        }
      }
    }
  }

  private TopologyTestDriver driver;
  private TestInputTopic<String, String> input;

  @BeforeEach
  void start() {
    Topology topology = new Topology();
    topology.addSource(
        "in", Serdes.String().deserializer(), Serdes.String().deserializer(), "input");
    topology.addProcessor("scripted", Scripted::new, "in");
    topology.addStateStore(
        ObjectStoreBuilder.of(STORE, false, KeyCodec.NAME, key -> TEXT), "scripted");
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "app");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
    driver = new TopologyTestDriver(topology, properties);
    input = driver.createInputTopic("input", new StringSerializer(), new StringSerializer());
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void whatChangedAfterItWasPutIsWrittenAsItIsAtTheCommit() {
    input.pipeInput("a", "put change change");

    assertEquals(List.of("new!!"), changelog());
  }

  @Test
  void afterACommitAChangeIsWrittenOnlyIfItIsPutAgain() {
    input.pipeInput("a", "put");
    input.pipeInput("a", "change");
    input.pipeInput("a", "change again");

    assertEquals(List.of("new", "new!!"), changelog());
  }

  @Test
  void whatCameAndWentBetweenTwoCommitsLeavesNothing() {
    input.pipeInput("a", "put remove");

    assertTrue(changelog().isEmpty());
  }

  @Test
  void whatWasWrittenOnceIsDeletedInTheChangelogToo() {
    input.pipeInput("a", "put");
    input.pipeInput("a", "again remove");
    input.pipeInput("a", "put remove");

    assertEquals(List.of("new", "deleted"), changelog());
  }

  private List<String> changelog() {
    var topic =
        driver.createOutputTopic(
            "app-" + STORE + "-changelog",
            Serdes.ByteArray().deserializer(),
            Serdes.ByteArray().deserializer());
    return topic.readRecordsToList().stream()
        .map(TestRecord::value)
        .map(value -> value == null ? "deleted" : TEXT.fromBytes(value).toString())
        .toList();
  }
}
