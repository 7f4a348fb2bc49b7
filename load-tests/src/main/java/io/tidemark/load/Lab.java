package io.tidemark.load;

import io.tidemark.fleet.FleetSpec;
import io.tidemark.history.Extent;
import io.tidemark.history.TopicLeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** One broker, the feeds in it, and subjects that read them one after the other. */
public final class Lab implements AutoCloseable {

  /**
   * What is the same for all subjects.
   *
   * @param warmUp lines that are read first and not measured
   * @param records lines that are measured
   * @param heap of every JVM, as {@code -Xmx} takes it
   * @param recordings where flight recordings go, {@code null} for none
   */
  record Conditions(
      FleetSpec fleet,
      long warmUp,
      long records,
      int partitions,
      int threads,
      int commitMillis,
      String heap,
      Path recordings) {}

  private static final long START_SECONDS = 120;

  private static final long WARM_SECONDS = 1_800;

  /** A replay says itself when it is through. */
  private static final long REPLAY_SECONDS = 3_600;

  private static final String FACTS = "bench.facts";

  private final Conditions conditions;
  private final Path directory;
  private final Consumer<String> log;
  private final JvmProcess broker;
  private final String servers;
  private final String registry;
  private final Admin admin;
  private final Map<Feed, Feeder.Written> feeds = new EnumMap<>(Feed.class);
  private int runs;

  private Lab(
      Conditions conditions,
      Path directory,
      Consumer<String> log,
      JvmProcess broker,
      String[] where) {
    this.conditions = conditions;
    this.directory = directory;
    this.log = log;
    this.broker = broker;
    this.servers = where[1];
    this.registry = where[2];
    this.admin = Admin.create(Map.of("bootstrap.servers", servers));
  }

  /** Starts the broker in a JVM of its own, with its data below a directory. */
  static Lab open(Conditions conditions, Path directory, Consumer<String> log)
      throws IOException, InterruptedException {
    JvmProcess broker =
        JvmProcess.start(
            "the broker",
            directory.resolve("broker.log"),
            List.of("-Xmx" + conditions.heap()),
            "",
            BrokerProcess.class,
            List.of(directory.resolve("kafka").toString()));
    try {
      String[] where = broker.await("ready ", START_SECONDS).split(" ", -1);
      return new Lab(conditions, directory, log, broker, where);
    } catch (InterruptedException | RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  /** Makes sure that a feed is there. */
  void fill(Feed feed) throws IOException, InterruptedException {
    if (feeds.containsKey(feed)) {
      return;
    }
    if (feed == Feed.ACTIVITY) {
      fold();
      return;
    }
    create(topic(feed), conditions.partitions());
    long lines = conditions.warmUp() + conditions.records();
    log.accept("writing " + lines + " lines of " + feed.id());
    Feeder.Written written =
        Feeder.fill(servers, topic(feed), conditions.partitions(), feed, conditions.fleet(), lines);
    feeds.put(feed, written);
    log.accept(
        String.format(
            Locale.ROOT,
            "%,d lines of %.0f bytes, %.0f s of event time",
            written.records(),
            written.bytesPerRecord(),
            written.seconds()));
  }

  /** Lets Tidemark fold the Hubble lines and leaves its facts where they are. */
  private void fold() throws IOException, InterruptedException {
    fill(Feed.HUBBLE);
    log.accept("folding the lines into facts");
    Job job = job(new Subject(Engine.TIDEMARK, Feed.HUBBLE), FACTS);
    measure(job, List.of());
    long facts =
        Extent.of(Map.of("bootstrap.servers", servers), List.of(topic(Feed.ACTIVITY))).length();
    feeds.put(Feed.ACTIVITY, new Feeder.Written(facts, 0, feeds.get(Feed.HUBBLE).seconds(), ""));
    log.accept(String.format(Locale.ROOT, "%,d facts and watermarks", facts));
  }

  Map<Feed, Feeder.Written> feeds() {
    return feeds;
  }

  /** Measures a subject once; what it leaves in the broker and on disk is removed. */
  Measured measure(Subject subject, int round) throws IOException, InterruptedException {
    runs++;
    String prefix = "bench.run" + runs + "." + subject.name();
    List<String> options = new ArrayList<>();
    if (conditions.recordings() != null) {
      Path file =
          conditions.recordings().toAbsolutePath().resolve(subject.name() + "-" + round + ".jfr");
      options.add("-XX:StartFlightRecording=settings=profile,filename=" + file);
    }
    try {
      return measure(job(subject, prefix), options);
    } finally {
      remove(prefix);
    }
  }

  private Measured measure(Job job, List<String> more) throws IOException, InterruptedException {
    Subject subject = job.subject();
    if (subject.engine() == Engine.REFERENCE || subject.engine() == Engine.FLINK) {
      create(ReferenceJob.output(job.prefix()), conditions.partitions());
    }
    List<String> options = new ArrayList<>(more);
    options.add("-Xmx" + conditions.heap());
    options.add("-Xms" + conditions.heap());
    boolean replay = subject.feed() == Feed.ACTIVITY && subject.engine().tidemark();
    try (JvmProcess process =
            JvmProcess.start(
                subject.name(),
                directory.resolve(job.prefix() + ".log"),
                options,
                subject.engine() == Engine.FLINK ? FlinkJob.clients() : "",
                SubjectProcess.class,
                job.toArguments());
        Completion completion = new Completion(servers, job.prefix(), written(job), inner(job))) {
      process.await(WarmUp.OVER, WARM_SECONDS);
      long began = System.nanoTime();
      double cpu = process.cpuSeconds();
      double brokerCpu = broker.cpuSeconds();
      if (replay) {
        process.await(Child.DONE, REPLAY_SECONDS);
      } else {
        completion.await(process);
      }
      return new Measured(
          records(subject.feed()) - job.warmUp(),
          (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1),
          process.cpuSeconds() - cpu,
          broker.cpuSeconds() - brokerCpu);
    }
  }

  private Job job(Subject subject, String prefix) {
    Feed feed = subject.feed();
    return new Job(
        subject,
        servers,
        registry,
        topic(feed),
        FACTS,
        prefix,
        directory.resolve(prefix + ".state").toString(),
        warmUp(feed),
        conditions.threads(),
        conditions.commitMillis(),
        feed == Feed.VPC_FLOW ? feeds.get(feed).format() : "");
  }

  private long records(Feed feed) {
    return feeds.containsKey(feed) ? feeds.get(feed).records() : 0;
  }

  /** Of facts the same share as of lines. */
  private long warmUp(Feed feed) {
    long lines = conditions.warmUp() + conditions.records();
    return feed == Feed.ACTIVITY
        ? records(feed) * conditions.warmUp() / lines
        : conditions.warmUp();
  }

  /** The topics that are read and whose last offset is a record's. */
  private static List<String> written(Job job) {
    return job.subject().feed() == Feed.ACTIVITY ? List.of() : List.of(job.topic());
  }

  /** The topics that are read and hold markers: those by which the stages of a job hand on. */
  private static List<String> inner(Job job) {
    if (job.subject().feed() == Feed.ACTIVITY) {
      return List.of(job.topic());
    }
    return switch (job.subject().engine()) {
      case RAW, LIMIT, FLINK -> List.of();
      case REFERENCE -> List.of(ReferenceJob.shuffled(job.prefix()));
      case TIDEMARK, TIDEMARK_MEMORY ->
          List.of(job.prefix() + ".activity", job.prefix() + ".findings");
    };
  }

  private static String topic(Feed feed) {
    return feed == Feed.ACTIVITY ? FACTS + ".activity" : "bench.raw." + feed.id();
  }

  private void create(String topic, int partitions) throws InterruptedException {
    NewTopic wanted =
        new NewTopic(topic, partitions, (short) 1)
            .configs(
                Map.of(
                    TopicConfig.RETENTION_MS_CONFIG,
                    "-1",
                    TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                    "LogAppendTime"));
    try {
      admin.createTopics(List.of(wanted)).all().get();
      TopicLeaders.await(admin, Map.of(topic, partitions));
    } catch (ExecutionException e) {
      throw new BenchException("topic " + topic + " cannot be created: " + e.getCause(), e);
    }
  }

  private void remove(String prefix) throws IOException, InterruptedException {
    try {
      List<String> topics =
          admin.listTopics().names().get().stream()
              .filter(topic -> topic.startsWith(prefix + ".") || topic.startsWith(prefix + "-"))
              .toList();
      admin.deleteTopics(topics).all().get();
    } catch (ExecutionException e) {
      throw new BenchException("topics of " + prefix + ": " + e.getCause(), e);
    }
    delete(directory.resolve(prefix + ".state"));
  }

  /** A directory and all in it, if it is there. */
  public static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public void close() {
    admin.close();
    broker.close();
  }
}
