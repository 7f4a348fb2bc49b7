package io.tidemark.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerSettingsTest {

  private final LoopbackSockets sockets = LoopbackSockets.open(0);

  @AfterEach
  void close() {
    sockets.close();
  }

  @Test
  void anOverrideWinsOverAChosenSettingAndLeavesTheOthers() {
    BrokerSettings settings =
        BrokerSettings.DEFAULTS
            .withPartitions(7)
            .with("log.retention.ms", "60000")
            .with("message.max.bytes", "2000000");

    Map<String, String> config = settings.toBrokerConfig(Path.of("/data/log"), sockets);

    assertEquals("60000", config.get("log.retention.ms"));
    assertEquals("2000000", config.get("message.max.bytes"));
    assertEquals("7", config.get("num.partitions"));
    assertEquals("1", config.get("offsets.topic.replication.factor"));
    assertEquals("/data/log", config.get("log.dirs"));
  }

  @Test
  void itListensOnTheLoopbackAddressOnly() {
    Map<String, String> config =
        BrokerSettings.DEFAULTS.toBrokerConfig(Path.of("/data/log"), sockets);

    assertEquals(
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
            .formatted(sockets.clientPort(), sockets.controllerPort()),
        config.get("listeners"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"listeners", "node.id", "process.roles", "log.dirs"})
  void whatMakesUpTheNodeCannotBeOverridden(String name) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> BrokerSettings.DEFAULTS.with(name, "other"));

    assertEquals(
        name + " is fixed for an embedded broker and cannot be set to other", refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void aPortOutOfRangeIsNamed(int port) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> BrokerSettings.DEFAULTS.withPort(port));

    assertEquals("port must be 0 to 65535, not " + port, refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1_001})
  void aPartitionCountOutOfRangeIsNamed(int count) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> BrokerSettings.DEFAULTS.withPartitions(count));

    assertEquals("partitions must be 1 to 1000, not " + count, refused.getMessage());
  }
}
