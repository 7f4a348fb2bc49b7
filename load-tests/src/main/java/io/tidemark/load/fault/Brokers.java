package io.tidemark.load.fault;

import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * Three brokers, each a process of its own that is also a controller, on 127.0.0.1. Every topic has
 * three replicas, two of which must acknowledge.
 */
final class Brokers implements AutoCloseable {

  static final int COUNT = 3;

  static final String USER = "tidemark";
  static final String PASSWORD = "known-to-all";

  private static final Duration AT_MOST = Duration.ofMinutes(5);
  private static final String HEAP = "320m";
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int LOWEST_PORT = 10_000;
  private static final int EPHEMERAL_PORTS = 32_768;

  private final Path directory;
  private final Children children;
  private final int[] ports;
  private final int[] controllerPorts;
  private final int[] linkedPorts;
  private final int[] guardedPorts;
  private final List<Link> links = new ArrayList<>();
  private final Child[] running = new Child[COUNT];

  private Brokers(Path directory, Children children) throws IOException {
    this.directory = directory;
    this.children = children;
    int[] free = freePorts(4 * COUNT);
    ports = IntStream.of(free).limit(COUNT).toArray();
    controllerPorts = IntStream.of(free).skip(COUNT).limit(COUNT).toArray();
    linkedPorts = IntStream.of(free).skip(2 * COUNT).limit(COUNT).toArray();
    guardedPorts = IntStream.of(free).skip(3 * COUNT).toArray();
    for (int port : linkedPorts) {
      links.add(Link.to(port));
    }
  }

  /** Starts all; {@link #awaitWhole} waits until each knows all others. */
  static Brokers begin(Path directory, Children children) throws Exception {
    Brokers brokers = new Brokers(directory, children);
    String cluster = Uuid.randomUuid().toString();
    for (int i = 0; i < COUNT; i++) {
      brokers.format(i, cluster);
      brokers.start(i);
    }
    return brokers;
  }

  /**
   * Ports that nobody listens on, below those that the system gives to who connects: else one would
   * be taken while its broker is down.
   */
  private static int[] freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      while (sockets.size() < count) {
        int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, EPHEMERAL_PORTS);
        try {
          sockets.add(new ServerSocket(port, 1, InetAddress.getByAddress(LOOPBACK)));
        } catch (BindException e) {
          // Somebody has it.
        }
      }
      return sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  String bootstrap() {
    return bootstrap(ports);
  }

  /**
   * The same brokers, for who says who it is: {@value #USER}, with {@value #PASSWORD}. It may do
   * nothing but what it is granted; who comes by another way may do everything.
   */
  String guardedBootstrap() {
    return bootstrap(guardedPorts);
  }

  private static String bootstrap(int[] ports) {
    return IntStream.of(ports)
        .mapToObj(port -> "127.0.0.1:" + port)
        .collect(Collectors.joining(","));
  }

  /**
   * The same brokers, for who shall reach them over {@link #links} only: such clients are told no
   * other address.
   */
  String linkedBootstrap() {
    return links.stream().map(link -> "127.0.0.1:" + link.port()).collect(Collectors.joining(","));
  }

  /** The way to each broker. */
  List<Link> links() {
    return List.copyOf(links);
  }

  private void format(int number, String cluster) throws Exception {
    Path home = home(number);
    Files.createDirectories(home);
    String voters =
        IntStream.range(0, COUNT)
            .mapToObj(i -> i + 1 + "@127.0.0.1:" + controllerPorts[i])
            .collect(Collectors.joining(","));
    String listeners =
        "PLAINTEXT://127.0.0.1:"
            + ports[number]
            + ",CONTROLLER://127.0.0.1:"
            + controllerPorts[number]
            + ",LINKED://127.0.0.1:"
            + linkedPorts[number]
            + ",GUARDED://127.0.0.1:"
            + guardedPorts[number];
    String advertised =
        "PLAINTEXT://127.0.0.1:"
            + ports[number]
            + ",LINKED://127.0.0.1:"
            + links.get(number).port()
            + ",GUARDED://127.0.0.1:"
            + guardedPorts[number];
    List<String> lines =
        List.of(
            "process.roles=broker,controller",
            "node.id=" + (number + 1),
            "controller.quorum.voters=" + voters,
            "listeners=" + listeners,
            "advertised.listeners=" + advertised,
            "listener.security.protocol.map="
                + "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,LINKED:PLAINTEXT,GUARDED:SASL_PLAINTEXT",
            "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users=User:ANONYMOUS",
            "listener.name.guarded.sasl.enabled.mechanisms=PLAIN",
            "listener.name.guarded.plain.sasl.jaas.config="
                + "org.apache.kafka.common.security.plain.PlainLoginModule required user_"
                + USER
                + "=\""
                + PASSWORD
                + "\";",
            "inter.broker.listener.name=PLAINTEXT",
            "controller.listener.names=CONTROLLER",
            "log.dirs=" + home.resolve("data"),
            "default.replication.factor=3",
            "min.insync.replicas=2",
            "offsets.topic.replication.factor=3",
            "offsets.topic.num.partitions=3",
            "transaction.state.log.replication.factor=3",
            "transaction.state.log.min.isr=2",
            "transaction.state.log.num.partitions=3",
            "auto.create.topics.enable=false",
            "group.initial.rebalance.delay.ms=0",
            "group.min.session.timeout.ms=1000",
            "broker.session.timeout.ms=4000",
            "broker.heartbeat.interval.ms=500",
            "replica.lag.time.max.ms=5000",
            // A busy machine.
            "initial.broker.registration.timeout.ms=240000",
            "log.segment.bytes=67108864",
            // A small machine.
            "num.network.threads=2",
            "num.io.threads=2",
            "background.threads=2",
            "log.cleaner.dedupe.buffer.size=4194304",
            "log.cleaner.io.buffer.size=262144");
    Files.write(home.resolve("server.properties"), lines);
    Path data = Files.createDirectories(home.resolve("data"));
    new Formatter()
        .setPrintStream(
            new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(number + 1)
        .setClusterId(cluster)
        .setDirectories(List.of(data.toString()))
        .setMetadataLogDirectory(data.toString())
        .setControllerListenerName("CONTROLLER")
        .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
        .run();
  }

  private Path home(int number) {
    return directory.resolve("broker-" + (number + 1));
  }

  /** Starts one that does not run; returns at once. */
  void start(int number) throws IOException {
    Path home = home(number);
    List<String> command = Children.java(HEAP, System.getProperty("java.class.path"), List.of());
    command.add("kafka.Kafka");
    command.add(home.resolve("server.properties").toString());
    running[number] = children.start(command, Files.createTempFile(home, "said", ".txt"));
  }

  /** {@code kill -9}. */
  void kill(int number) {
    running[number].kill();
  }

  /** SIGTERM, and waits until it has handed over its work and ended. */
  void stop(int number) throws InterruptedException {
    running[number].terminate();
    if (running[number].await(AT_MOST).isEmpty()) {
      throw new Broken("broker " + (number + 1) + " did not end on SIGTERM");
    }
  }

  /** Starts those that do not run, and waits as {@link #awaitWhole} does. */
  void mend() throws IOException, InterruptedException {
    links.forEach(Link::mend);
    for (int i = 0; i < COUNT; i++) {
      if (!running[i].alive()) {
        start(i);
      }
    }
    awaitWhole();
  }

  /** Waits until all brokers run and every replica of every topic is in step. */
  void awaitWhole() throws InterruptedException {
    long deadline = System.nanoTime() + AT_MOST.toNanos();
    while (true) {
      String missing = missing();
      if (missing.isEmpty()) {
        return;
      }
      for (int i = 0; i < COUNT; i++) {
        if (!running[i].alive()) {
          throw new IllegalStateException("broker " + (i + 1) + " ended: " + running[i].said());
        }
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the cluster is not whole: " + missing);
      }
      Thread.sleep(200);
    }
  }

  /** By the word of each: one that has lost the controllers knows only what once was. */
  private String missing() throws InterruptedException {
    for (int port : ports) {
      try (Admin admin = admin("127.0.0.1:" + port)) {
        String missing = missing(admin);
        if (!missing.isEmpty()) {
          return missing;
        }
      } catch (ExecutionException e) {
        return String.valueOf(e.getCause());
      }
    }
    return "";
  }

  private static String missing(Admin admin) throws ExecutionException, InterruptedException {
    int nodes = admin.describeCluster().nodes().get().size();
    if (nodes < COUNT) {
      return nodes + " brokers of " + COUNT;
    }
    Set<String> topics =
        admin
            .listTopics(new org.apache.kafka.clients.admin.ListTopicsOptions().listInternal(true))
            .names()
            .get();
    for (TopicDescription topic : admin.describeTopics(topics).allTopicNames().get().values()) {
      for (var partition : topic.partitions()) {
        if (partition.leader() == null || partition.isr().size() < partition.replicas().size()) {
          return topic.name() + "-" + partition.partition() + " is in step at " + partition.isr();
        }
      }
    }
    return "";
  }

  /** The number of the broker that leads a partition. */
  int leader(String topic, int partition) throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      return admin
              .describeTopics(List.of(topic))
              .allTopicNames()
              .get()
              .get(topic)
              .partitions()
              .get(partition)
              .leader()
              .id()
          - 1;
    }
  }

  /** The number of the broker that is the active controller. */
  int controller() throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      return admin.describeMetadataQuorum().quorumInfo().get().leaderId() - 1;
    }
  }

  /** Asks for a short time only: brokers are down on purpose. */
  Admin admin() {
    return admin(bootstrap());
  }

  private static Admin admin(String servers) {
    return Admin.create(
        Map.of(
            "bootstrap.servers",
            servers,
            "request.timeout.ms",
            "2000",
            "default.api.timeout.ms",
            "4000",
            "reconnect.backoff.ms",
            "50",
            "reconnect.backoff.max.ms",
            "500"));
  }

  @Override
  public void close() {
    for (Child child : running) {
      if (child != null) {
        child.kill();
      }
    }
    links.forEach(Link::close);
  }
}
