package io.tidemark.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

  @TempDir Path directory;

  @Test
  void itStartsAndStopsWithoutAFault() {
    EmbeddedBroker broker = EmbeddedBroker.start(directory);

    broker.close();

    assertEquals(Optional.empty(), broker.fault());
  }

  @Test
  void aRestartKeepsClusterTopicsAndRecordsOnAnyPort() throws Exception {
    String clusterId;
    int port;
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
      clusterId = broker.clusterId();
      port = broker.port();
      BrokerClient client = new BrokerClient(broker.bootstrapServers());
      client.createTopic("flows", 1);
      client.writeExactlyOnce("flows", List.of("first"), List.of("dropped"));
    }

    try (ServerSocket squatter = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
      BrokerClient client = new BrokerClient(broker.bootstrapServers());
      client.writeExactlyOnce("flows", List.of("second"), List.of("dropped"));

      assertNotEquals(squatter.getLocalPort(), broker.port());
      assertEquals(clusterId, broker.clusterId());
      assertEquals(List.of("first", "second"), client.readCommitted("flows"));
    }
  }

  @Test
  void whatACrashLeavesBehindIsEnoughToGoOn() throws Exception {
    Path running = directory.resolve("running");
    Path crashed = directory.resolve("crashed");
    try (EmbeddedBroker broker = EmbeddedBroker.start(running)) {
      BrokerClient client = new BrokerClient(broker.bootstrapServers());
      client.createTopic("flows", 1);
      client.writeExactlyOnce("flows", List.of("first"), List.of("dropped"));
      // The files of a broker that was never closed are those that a killed process leaves.
      copy(running, crashed);
    }

    try (EmbeddedBroker broker = EmbeddedBroker.start(crashed)) {
      BrokerClient client = new BrokerClient(broker.bootstrapServers());
      assertEquals(List.of("first"), client.readCommitted("flows"));
    }
  }

  @Test
  void twoBrokersInOneProcessKeepTheirRecordsApart() throws Exception {
    try (EmbeddedBroker one = EmbeddedBroker.start(directory.resolve("one"));
        EmbeddedBroker two = EmbeddedBroker.start(directory.resolve("two"))) {
      BrokerClient toOne = new BrokerClient(one.bootstrapServers());
      BrokerClient toTwo = new BrokerClient(two.bootstrapServers());
      toOne.createTopic("flows", 1);
      toTwo.createTopic("flows", 1);

      toOne.writeExactlyOnce("flows", List.of("to one"), List.of());
      toTwo.writeExactlyOnce("flows", List.of("to two"), List.of());

      assertEquals(List.of("to one"), toOne.readCommitted("flows"));
      assertEquals(List.of("to two"), toTwo.readCommitted("flows"));
      assertNotEquals(one.clusterId(), two.clusterId());
    }
  }

  @Test
  void aDirectoryInUseIsRefusedByNameAndItsBrokerGoesOn() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
      BrokerStartException refused =
          assertThrows(BrokerStartException.class, () -> EmbeddedBroker.start(directory));

      assertEquals(
          "data directory " + directory + " is in use by another broker", refused.getMessage());
      new BrokerClient(broker.bootstrapServers()).createTopic("still-here", 1);
    }
  }

  @Test
  void aPortInUseIsRefusedByNumberAndTheDirectoryIsFreeAgain() throws Exception {
    try (ServerSocket squatter = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = squatter.getLocalPort();
      BrokerSettings taken = BrokerSettings.DEFAULTS.withPort(port);

      BrokerStartException refused =
          assertThrows(BrokerStartException.class, () -> EmbeddedBroker.start(directory, taken));

      assertEquals(
          "cannot listen on 127.0.0.1:" + port + ": Address already in use", refused.getMessage());
    }
    EmbeddedBroker.start(directory).close();
  }

  @Test
  void aSettingThatKafkaRefusesIsNamedAndTheDirectoryIsFreeAgain() {
    BrokerSettings odd = BrokerSettings.DEFAULTS.with("num.io.threads", "none");

    BrokerStartException refused =
        assertThrows(BrokerStartException.class, () -> EmbeddedBroker.start(directory, odd));

    assertTrue(refused.getMessage().contains(directory.toString()), refused.getMessage());
    assertTrue(refused.getMessage().contains("num.io.threads"), refused.getMessage());
    EmbeddedBroker.start(directory).close();
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsRefusedByName() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "not a directory");

    BrokerStartException refused =
        assertThrows(BrokerStartException.class, () -> EmbeddedBroker.start(file));

    assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
  }

  @Test
  void aMistypedTopicIsAnErrorAndNotANewTopic() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory);
        Admin admin = new BrokerClient(broker.bootstrapServers()).admin()) {
      ExecutionException missing =
          assertThrows(
              ExecutionException.class,
              () -> admin.describeTopics(List.of("flowz")).allTopicNames().get());

      assertEquals(UnknownTopicOrPartitionException.class, missing.getCause().getClass());
      assertEquals(1, admin.describeCluster().nodes().get().size());
      assertEquals("127.0.0.1", admin.describeCluster().controller().get().host());
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        try {
          Files.copy(file, to.resolve(from.relativize(file)));
        } catch (NoSuchFileException e) {
          // A temporary file that the running broker has just renamed.
        }
      }
    }
  }
}
