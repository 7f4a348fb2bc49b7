package io.tidemark.determinism;

import io.tidemark.config.Config;
import io.tidemark.config.ConfigLoader;
import io.tidemark.config.Topic;
import io.tidemark.fleet.Line;
import io.tidemark.service.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One run of the service on topics of its own: input, instances, mishaps, and what came of it, told
 * to the guarantees.
 */
final class Trial implements AutoCloseable {

  /** For the slowest machine; only a failure takes it. */
  private static final Duration AT_MOST = Duration.ofMinutes(3);

  /** Nothing new for so long: it will not come any more. */
  private static final Duration STUCK = Duration.ofSeconds(60);

  private static final Duration COUNT_EVERY = Duration.ofMillis(500);

  private final List<Guarantee> guarantees;
  private final List<String> settings;
  private final Config config;
  private final Path directory;
  private final String servers;
  private final String registry;
  private final int partitions;
  private final List<Instance> instances = new ArrayList<>();
  private final Admin admin;
  private long written;
  private long lateFacts;

  /**
   * @param name unique on the broker
   * @param more settings beside what a quick run on one broker needs
   */
  Trial(
      String name,
      String servers,
      String registry,
      int partitions,
      Path directory,
      List<String> more,
      List<Guarantee> guarantees) {
    this.servers = servers;
    this.registry = registry;
    this.partitions = partitions;
    this.directory = directory;
    this.guarantees = List.copyOf(guarantees);
    settings =
        new ArrayList<>(
            List.of(
                "kafka.bootstrap.servers=" + servers,
                "serde.settings.schema.registry.url=" + registry,
                "topics.prefix=" + name,
                "topics.raw-partitions=" + partitions,
                "topics.partitions=2",
                "streams.application-id=" + name,
                "streams.commit-interval=100ms",
                "streams.session-timeout=3s",
                // Small steps, so that a mishap in the middle is one.
                "kafka.main.consumer.max.poll.records=100",
                // What a dead process left undecided is decided soon.
                "kafka.producer.transaction.timeout.ms=5000",
                "sources.vpc-cni.enabled=false",
                "sources.vpc-flow.enabled=false",
                "sources.coredns.enabled=false",
                // Longer than a busy machine takes to fetch what is there.
                "sources.hubble.idle-timeout=2s",
                "http.port=0"));
    settings.addAll(more);
    config = ConfigLoader.load(null, settings, key -> null).config();
    admin = Admin.create(Map.of("bootstrap.servers", servers));
  }

  /** Writes lines to the raw topic, before anyone is idle for the lack of them. */
  void write(List<Line> lines, Random random) throws InterruptedException {
    var unused = Topics.ensure(config, message -> {});
    new Spread(servers, config.topic(Topic.RAW_HUBBLE), partitions)
        .write(lines, random, partition -> guarantees.forEach(each -> each.produced(partition)));
    written += lines.size();
  }

  /** Starts an instance in this process, or again the one of that number. */
  Instance start(int number) throws InterruptedException {
    return place(number, new InProcess(config, directory.resolve("state-" + number)));
  }

  /** Starts an instance in a process of its own, or again the one of that number. */
  OwnProcess launch(int number) throws Exception {
    OwnProcess process = new OwnProcess(settings, directory.resolve("process-" + number));
    place(number, process);
    return process;
  }

  private Instance place(int number, Instance instance) {
    if (number == instances.size()) {
      instances.add(instance);
    } else {
      instances.set(number, instance);
    }
    return instance;
  }

  /**
   * Waits until about this share of what was written has been read and committed.
   *
   * @return what has been
   */
  long awaitRead(double share) throws Exception {
    AtomicLong read = new AtomicLong();
    try {
      Awaitility.await()
          .atMost(AT_MOST)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                read.set(committed());
                if (instances.stream().allMatch(Instance::ended)) {
                  throw new AssertionError("nobody reads any more; " + said());
                }
                return read.get() >= share * written;
              });
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("only " + read + " of " + written + " lines read; " + said(), e);
    }
    return read.get();
  }

  /** Waits until everybody has said that there is nothing to read, and JUDGE waits for nobody. */
  void awaitIdle() {
    Awaitility.await()
        .atMost(AT_MOST)
        .until(
            () -> {
              boolean waits = false;
              for (Instance instance : instances) {
                waits |= instance.metrics().contains("tidemark_slowest_behind_seconds{");
              }
              return !waits && committed() == written;
            });
  }

  /**
   * Waits until the guarantees are fulfilled, stops everyone, reads to the end, and verifies.
   *
   * @throws AssertionError if a promise was broken
   */
  void verify() throws InterruptedException {
    AtomicLong alerts = new AtomicLong();
    Map<Integer, Guarantee.Count> counts = new TreeMap<>();
    try (Told told =
            new Told(
                servers,
                registry,
                config.topic(Topic.ALERTS),
                alert -> {
                  alerts.incrementAndGet();
                  guarantees.forEach(each -> each.told(alert));
                });
        Told heldBack =
            new Told(
                servers,
                registry,
                config.topic(Topic.SHADOW),
                alert -> {
                  alerts.incrementAndGet();
                  guarantees.forEach(each -> each.heldBack(alert));
                })) {
      long moved = System.nanoTime();
      long looked = moved;
      while (!guarantees.stream().allMatch(Guarantee::fulfilled)
          && System.nanoTime() - moved < STUCK.toNanos()) {
        long before = alerts.get();
        told.read();
        heldBack.read();
        boolean news = alerts.get() > before;
        // Now and then: Kafka's own metrics make it much to read.
        if (System.nanoTime() - looked > COUNT_EVERY.toNanos()) {
          news |= count(counts);
          looked = System.nanoTime();
        }
        moved = news ? System.nanoTime() : moved;
      }
      for (Instance instance : instances) {
        lateFacts += instance.lateFacts();
      }
      stop();
      told.readToEnd(servers);
      heldBack.readToEnd(servers);
    }
    try {
      guarantees.forEach(Guarantee::verify);
    } catch (AssertionError e) {
      String heard =
          alerts + " alerts were told, " + lateFacts + " facts were late, lines were " + counts;
      throw new AssertionError(e.getMessage() + "\n" + heard + "\n" + said(), e);
    }
  }

  /** Whether anything has changed. */
  private boolean count(Map<Integer, Guarantee.Count> counts) throws InterruptedException {
    boolean news = false;
    for (Instance instance : instances) {
      for (Map.Entry<Integer, Guarantee.Count> each : instance.counts().entrySet()) {
        news |= !each.getValue().equals(counts.put(each.getKey(), each.getValue()));
        guarantees.forEach(guarantee -> guarantee.counted(each.getKey(), each.getValue()));
      }
    }
    return news;
  }

  private void stop() throws InterruptedException {
    for (Instance instance : instances) {
      instance.stop();
    }
  }

  private long committed() throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        admin
            .listConsumerGroupOffsets(config.streams().applicationId())
            .partitionsToOffsetAndMetadata()
            .get();
    String raw = config.topic(Topic.RAW_HUBBLE);
    return offsets.entrySet().stream()
        .filter(each -> each.getKey().topic().equals(raw) && each.getValue() != null)
        .mapToLong(each -> each.getValue().offset())
        .sum();
  }

  private String said() {
    StringBuilder said = new StringBuilder();
    for (int number = 0; number < instances.size(); number++) {
      said.append("instance ").append(number).append(" said:\n");
      said.append(instances.get(number).said()).append('\n');
    }
    return said.toString();
  }

  /** Stops who still runs and deletes all topics: many trials share a broker. */
  @Override
  public void close() throws ExecutionException {
    try {
      stop();
      String prefix = config.streams().applicationId();
      admin
          .deleteTopics(
              admin.listTopics().names().get().stream()
                  .filter(name -> name.startsWith(prefix + '.') || name.startsWith(prefix + '-'))
                  .toList())
          .all()
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      admin.close();
    }
  }
}
