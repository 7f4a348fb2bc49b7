package io.tidemark.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * A real Kafka of one node in this process, reachable from this machine only. Data outlives it: a
 * second start on the same directory finds the topics, records and offsets of the first, also after
 * a crash.
 *
 * <p>It is put together from the same parts as Kafka's own {@code KafkaRaftServer}, which cannot be
 * used whole because it halts the process on a fault. It lives on the application's class path, not
 * in a class loader of its own: client and server come from one release, the server logs through
 * the same slf4j, and the one library it would have hidden (log4j-core) is left out of the build,
 * while a class loader would cost reflection at every call.
 *
 * <p>Several may run at once in one process, each on its own directory. A directory whose disk
 * fails or fills up still ends the process: there Kafka calls {@code Exit.halt} without asking.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final Duration MAX_SHUTDOWN = Duration.ofSeconds(20);

  private final DataDirectory directory;
  private final LoopbackSockets sockets;
  private final Metrics metrics;
  private final FirstFault faults;
  private final ControllerServer controller;
  private final BrokerServer broker;
  private final String clusterId;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedBroker(
      DataDirectory directory, LoopbackSockets sockets, BrokerSettings settings) {
    this.directory = directory;
    this.sockets = sockets;
    this.metrics = new Metrics();
    this.faults = new FirstFault();
    KafkaConfig config = new KafkaConfig(settings.toBrokerConfig(directory.log(), sockets), false);
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> written =
        KafkaRaftServer.initializeLogDirs(config, log, "");
    this.clusterId = written._1().clusterId().orElseThrow();
    SharedServer shared =
        new SharedServer(
            config,
            written._1(),
            Time.SYSTEM,
            metrics,
            CompletableFuture.completedFuture(
                QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
            List.of(),
            faults,
            sockets);
    this.controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), written._2());
    this.broker = new BrokerServer(shared);
  }

  /** Starts a broker on any free port; see {@link #start(Path, BrokerSettings)}. */
  public static EmbeddedBroker start(Path dataDir) {
    return start(dataDir, BrokerSettings.DEFAULTS);
  }

  /**
   * Starts a broker and returns once it takes requests, in some 2 seconds.
   *
   * @param dataDir created if absent; belongs to this broker alone while it runs
   * @throws BrokerStartException when the directory is taken or unusable, the port is taken, or
   *     Kafka refuses a setting or the data
   */
  public static EmbeddedBroker start(Path dataDir, BrokerSettings settings) {
    DataDirectory directory = DataDirectory.open(dataDir);
    LoopbackSockets sockets = null;
    EmbeddedBroker broker = null;
    try {
      sockets = LoopbackSockets.open(settings.port());
      broker = new EmbeddedBroker(directory, sockets, settings);
      broker.controller.startup();
      broker.broker.startup();
      return broker;
    } catch (Exception e) {
      BrokerStartException failure = BrokerStartException.of(directory, e);
      release(broker, failure);
      release(sockets, failure);
      release(directory, failure);
      throw failure;
    }
  }

  private static void release(AutoCloseable held, Exception failure) {
    try {
      if (held != null) {
        held.close();
      }
    } catch (Exception onClose) {
      failure.addSuppressed(onClose);
    }
  }

  /** {@code host:port} for clients. */
  public String bootstrapServers() {
    return BrokerSettings.HOST + ":" + port();
  }

  /** The port that clients connect to. */
  public int port() {
    return broker.boundPort(ListenerName.normalised(BrokerSettings.LISTENER));
  }

  /** The id the cluster was given when its directory was first used, 22 characters. */
  public String clusterId() {
    return clusterId;
  }

  /** The fault that stopped part of the broker from working, if there was one; it was logged. */
  public Optional<Throwable> fault() {
    return faults.fatal();
  }

  /** Flushes and stops, in some tenths of a second; harmless when called again. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    // The broker first: it hands its leadership back to the controller. Each in its own try, so
    // that
    // the directory is released whatever happens.
    try (directory;
        sockets;
        metrics;
        AutoCloseable last = controller::shutdown;
        AutoCloseable first = () -> broker.shutdown(MAX_SHUTDOWN)) {
      log.debug("stopping the broker of cluster {}: {}, then {}", clusterId, first, last);
    } catch (Exception e) {
      log.warn("the broker of cluster {} did not stop cleanly", clusterId, e);
    }
  }
}
