package io.tidemark.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What may be chosen about an embedded broker.
 *
 * @param port where clients connect on 127.0.0.1, 0 to 65535; 0 takes any free port
 * @param partitions partitions of a topic created without saying how many, 1 to 1000
 * @param overrides further broker settings by Kafka's own names; they win over those chosen here,
 *     except for the ones that make up the node itself (see {@link #with})
 */
public record BrokerSettings(int port, int partitions, Map<String, String> overrides) {

  static final String LISTENER = "PLAINTEXT";
  static final String CONTROLLER_LISTENER = "CONTROLLER";
  static final String HOST = "127.0.0.1";
  static final int NODE_ID = 1;

  /** What makes up the node, and so is not for overriding. */
  private static final Set<String> NODE =
      Set.of(
          "process.roles",
          "node.id",
          "listeners",
          "advertised.listeners",
          "listener.security.protocol.map",
          "inter.broker.listener.name",
          "controller.listener.names",
          "controller.quorum.voters",
          "controller.quorum.bootstrap.servers",
          "log.dir",
          "log.dirs",
          "metadata.log.dir");

  private static final int MAX_PORT = 65_535;
  private static final int MAX_PARTITIONS = 1_000;

  /** A free port, four partitions, nothing overridden. */
  public static final BrokerSettings DEFAULTS = new BrokerSettings(0, 4, Map.of());

  /**
   * @throws IllegalArgumentException naming the setting and its value, when out of range
   */
  public BrokerSettings {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port must be 0 to " + MAX_PORT + ", not " + port);
    }
    if (partitions < 1 || partitions > MAX_PARTITIONS) {
      throw new IllegalArgumentException(
          "partitions must be 1 to " + MAX_PARTITIONS + ", not " + partitions);
    }
    overrides = Map.copyOf(overrides);
    for (Map.Entry<String, String> override : overrides.entrySet()) {
      if (NODE.contains(override.getKey())) {
        throw new IllegalArgumentException(
            override.getKey()
                + " is fixed for an embedded broker and cannot be set to "
                + override.getValue());
      }
    }
  }

  /** The same settings with another port. */
  public BrokerSettings withPort(int newPort) {
    return new BrokerSettings(newPort, partitions, overrides);
  }

  /** The same settings with another default partition count. */
  public BrokerSettings withPartitions(int count) {
    return new BrokerSettings(port, count, overrides);
  }

  /**
   * The same settings and one more broker setting.
   *
   * @throws IllegalArgumentException for a setting that makes up the node: its id, roles, listeners
   *     and directories
   */
  public BrokerSettings with(String name, String value) {
    Map<String, String> more = new HashMap<>(overrides);
    more.put(name, value);
    return new BrokerSettings(port, partitions, more);
  }

  Map<String, String> toBrokerConfig(Path logDirectory, LoopbackSockets sockets) {
    Map<String, String> config = new HashMap<>(single());
    config.putAll(small());
    config.putAll(overrides);
    config.putAll(node(logDirectory, sockets));
    return config;
  }

  private static Map<String, String> node(Path logDirectory, LoopbackSockets sockets) {
    String controller = HOST + ":" + sockets.controllerPort();
    return Map.of(
        "process.roles",
        "broker,controller",
        "node.id",
        Integer.toString(NODE_ID),
        "listeners",
        "%s://%s:%d,%s://%s"
            .formatted(LISTENER, HOST, sockets.clientPort(), CONTROLLER_LISTENER, controller),
        "listener.security.protocol.map",
        "%s:PLAINTEXT,%s:PLAINTEXT".formatted(LISTENER, CONTROLLER_LISTENER),
        "inter.broker.listener.name",
        LISTENER,
        "controller.listener.names",
        CONTROLLER_LISTENER,
        // Given anew at each start and not kept with the data, so the port may change.
        "controller.quorum.voters",
        NODE_ID + "@" + controller,
        "log.dirs",
        logDirectory.toString());
  }

  /** What a cluster of one needs to differ in, and what surprises on a single machine. */
  private Map<String, String> single() {
    return Map.ofEntries(
        Map.entry("num.partitions", Integer.toString(partitions)),
        Map.entry("offsets.topic.replication.factor", "1"),
        Map.entry("offsets.topic.num.partitions", "4"),
        Map.entry("transaction.state.log.replication.factor", "1"),
        Map.entry("transaction.state.log.min.isr", "1"),
        Map.entry("transaction.state.log.num.partitions", "4"),
        Map.entry("share.coordinator.state.topic.replication.factor", "1"),
        Map.entry("share.coordinator.state.topic.min.isr", "1"),
        Map.entry("share.coordinator.state.topic.num.partitions", "4"),
        // A mistyped topic name is an error, not a new topic.
        Map.entry("auto.create.topics.enable", "false"),
        // Records carry the time of the event, which in recorded history is long past: by the
        // default
        // of a week the broker would delete a replay while it is being read.
        Map.entry("log.retention.ms", "-1"),
        // After a crash the node waits for its own former session to end before it may register: 9
        // s
        // by default.
        Map.entry("broker.session.timeout.ms", "3000"),
        Map.entry("broker.heartbeat.interval.ms", "500"),
        // Nobody else can join the group first, so there is nobody to wait for.
        Map.entry("group.initial.rebalance.delay.ms", "0"),
        Map.entry("group.min.session.timeout.ms", "1000"));
  }

  /** Threads and memory for a laptop: Kafka's defaults are for a machine of its own. */
  private static Map<String, String> small() {
    return Map.of(
        "num.network.threads", "2",
        "num.io.threads", "2",
        "background.threads", "2",
        // Allocated at start, 128 MiB by default. 4 MiB hold 150 000 keys per pass, and a longer
        // segment takes several.
        "log.cleaner.dedupe.buffer.size", "4194304",
        "log.cleaner.io.buffer.size", "262144",
        "log.segment.bytes", "134217728",
        "socket.send.buffer.bytes", "-1",
        "socket.receive.buffer.bytes", "-1");
  }
}
