package io.tidemark.embedded;

import io.tidemark.history.TopicLeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * One broker for all tests of a JVM: started by the first test that asks for it, closed and deleted
 * when the last has run. Tests stay apart by their topic names, which {@link #topic} makes unique.
 *
 * <pre>{@code
 * @RegisterExtension static final SharedBroker broker = new SharedBroker();
 * }</pre>
 *
 * <p>Names made in a {@code @BeforeAll} are those of the class, names made in a test that test's
 * own.
 *
 * @see RegisterExtension
 */
public final class SharedBroker implements BeforeAllCallback, BeforeEachCallback {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SharedBroker.class);
  private static final AtomicInteger TESTS = new AtomicInteger();

  /** What a killed client left undecided is decided soon after its time is up. */
  private static final BrokerSettings SETTINGS =
      BrokerSettings.DEFAULTS.with(
          "transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");

  private EmbeddedBroker broker;
  private String prefix;

  @Override
  public void beforeAll(ExtensionContext context) {
    beforeEach(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    // In the root store, which JUnit closes at the end of the run, and what is in it with it.
    broker =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent(Running.class, key -> Running.start(), Running.class)
            .broker();
    prefix = "t" + TESTS.incrementAndGet() + "-";
  }

  /** {@code host:port} for clients. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** The name made unique to the running test; also for application ids and groups. */
  public String unique(String name) {
    return prefix + name;
  }

  /** Creates a topic named {@link #unique unique(name)} and returns that name. */
  public String topic(String name, int partitions) {
    return topic(name, partitions, Map.of());
  }

  /** Creates a topic with settings by Kafka's names. */
  public String topic(String name, int partitions, Map<String, String> settings) {
    String topic = unique(name);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      NewTopic wanted = new NewTopic(topic, partitions, (short) 1).configs(settings);
      admin.createTopics(List.of(wanted)).all().get();
      TopicLeaders.await(admin, Map.of(topic, partitions));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while creating " + topic, e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("could not create " + topic, e.getCause());
    }
    return topic;
  }

  private record Running(EmbeddedBroker broker, Path directory) implements AutoCloseable {

    static Running start() {
      try {
        Path directory = Files.createTempDirectory("tidemark-broker");
        return new Running(EmbeddedBroker.start(directory, SETTINGS), directory);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      broker.close();
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
