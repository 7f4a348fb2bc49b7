package io.tidemark.load.fault;

import io.tidemark.alert.Alert;
import io.tidemark.config.Config;
import io.tidemark.config.ConfigLoader;
import io.tidemark.config.Topic;
import io.tidemark.service.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/** One run of the service on topics of its own: input, instances, and what came of it. */
final class Trial implements AutoCloseable {

  static final int PARTITIONS = 3;

  /** Instances come and go, and have no names by which the group would know them again. */
  static final String NAMELESS = "streams.group-instance-id=";

  private static final String NAMED = "streams.group-instance-id=app-";

  /** For the slowest machine; only a failure takes it. */
  private static final Duration AT_MOST = Duration.ofMinutes(6);

  /** Nothing new for so long: it will not come any more. */
  private static final Duration STUCK = Duration.ofSeconds(60);

  private static final long COUNT_EVERY_NANOS = 500_000_000L;
  private static final int LAST_LINES = 25;
  private static final String CHATTER = " WARN ";
  private static final int AT_A_TIME = 500;

  private final Stand stand;
  private final Report report;
  private final String name;
  private final Path directory;
  private final List<String> settings = new ArrayList<>();
  private final Config config;
  private final Promises promises;
  private final Pulse pulse;
  private final Random random;
  private final Map<Integer, App> apps = new TreeMap<>();
  private Feeder feeder;
  private List<Parcel> parcels;
  private double lateFacts;

  /**
   * Makes the topics.
   *
   * @param more settings beside those that all cases have
   */
  Trial(Stand stand, Report report, String caseName, String... more)
      throws IOException, InterruptedException {
    this.stand = stand;
    this.report = report;
    this.name = "fault-" + caseName;
    this.directory = Files.createDirectories(stand.scratch().resolve(name));
    this.random = new Random(stand.options().seed() * 31 + caseName.hashCode());
    settings.addAll(
        List.of(
            "kafka.bootstrap.servers=" + stand.brokers().bootstrap(),
            "serde.settings.schema.registry.url=" + stand.registry().url(),
            "topics.prefix=" + name,
            "topics.raw-partitions=" + PARTITIONS,
            "topics.partitions=2",
            "streams.application-id=" + name,
            "streams.session-timeout=6s",
            "sources.vpc-cni.enabled=false",
            "sources.vpc-flow.enabled=false",
            // Longer than a partition is without a leader.
            "sources.hubble.idle-timeout=30s",
            "http.port=0"));
    settings.addAll(Load.SETTINGS);
    settings.addAll(stand.options().settings());
    settings.addAll(List.of(more));
    config = ConfigLoader.load(null, settings, key -> null).config();
    promises = new Promises(stand.load());
    var unused = Topics.ensure(config, message -> {});
    pulse =
        new Pulse(
            stand.brokers().admin(),
            config.streams().applicationId(),
            config.topic(Topic.RAW_HUBBLE));
  }

  Random random() {
    return random;
  }

  /** What all its instances are set to. */
  List<String> settings() {
    return List.copyOf(settings);
  }

  Pulse pulse() {
    return pulse;
  }

  Promises promises() {
    return promises;
  }

  String topic(Topic topic) {
    return config.topic(topic);
  }

  String applicationId() {
    return config.streams().applicationId();
  }

  /** Where an instance keeps its files. */
  Path home(int number) {
    return directory.resolve("app-" + number);
  }

  /** Begins to write the lines of the load, such that they last so long. */
  Feeder feed(Duration length) {
    return feed(Parcel.deal(stand.load().lines(), PARTITIONS, random), length);
  }

  /** Begins to write records, such that they last so long. */
  Feeder feed(List<Parcel> records, Duration length) {
    parcels = records;
    feeder =
        new Feeder(
            stand.brokers().bootstrap(),
            topic(Topic.RAW_HUBBLE),
            PARTITIONS,
            records,
            records.size() / (length.toMillis() / 1e3));
    return feeder;
  }

  /** Starts an instance, or again the one of that number. */
  App launch(int number) throws IOException {
    return launch(number, stand.product());
  }

  /**
   * Starts an instance.
   *
   * @param more settings of this instance alone
   */
  App launch(int number, Product product, String... more) throws IOException {
    List<String> own = new ArrayList<>(settings);
    own.addAll(List.of(more));
    own.removeIf(NAMELESS::equals);
    if (own.size() == settings.size()) {
      own.add(NAMED + number);
    }
    App app = App.start(stand.children(), product, own, home(number));
    apps.put(number, app);
    return app;
  }

  /** Waits until an instance says that it processes records. */
  void awaitReady(App app) throws InterruptedException {
    await("the service is not ready", () -> app.ready());
  }

  /** Waits until more than so many records are done with. */
  void awaitBeyond(long committed) throws InterruptedException {
    await(
        "no more than " + committed + " records are done with",
        () -> pulse.committed() > committed);
  }

  /** Waits until this share of all records is done with. */
  void awaitShare(double share) throws InterruptedException {
    awaitBeyond((long) (share * parcels.size()) - 1);
  }

  interface Condition {
    boolean met() throws InterruptedException;
  }

  void await(String otherwise, Condition condition) throws InterruptedException {
    long deadline = System.nanoTime() + AT_MOST.toNanos();
    while (!condition.met()) {
      checkAlive();
      if (System.nanoTime() > deadline) {
        throw new Broken(otherwise + " after " + AT_MOST.toSeconds() + " s\n" + said());
      }
      Thread.sleep(50);
    }
  }

  private void checkAlive() {
    for (App app : apps.values()) {
      if (app.died()) {
        throw new Broken("the service ended, and nobody had asked for it\n" + said());
      }
    }
  }

  /**
   * Writes the rest, waits until all that is expected has come, stops everyone, reads to the end
   * and says what was not kept.
   */
  void finish() throws InterruptedException {
    feeder.finish();
    long fed = System.nanoTime();
    Map<Integer, Long> written = new TreeMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      written.put(partition, feeder.acknowledged(partition));
    }
    try (Told told = told(Topic.ALERTS, AT_A_TIME, promises::told);
        Told heldBack = told(Topic.SHADOW, AT_A_TIME, promises::heldBack)) {
      long moved = System.nanoTime();
      long counted = 0;
      while (!promises.fulfilled(written) && System.nanoTime() - moved < STUCK.toNanos()) {
        checkAlive();
        boolean news = told.read() + heldBack.read() > 0;
        if (System.nanoTime() - counted > COUNT_EVERY_NANOS) {
          news |= count();
          counted = System.nanoTime();
        }
        moved = news ? System.nanoTime() : moved;
      }
      report.seconds("allToldAfterLastRecord", Duration.ofNanos(System.nanoTime() - fed));
      for (App app : apps.values()) {
        lateFacts += app.metric("tidemark_late_facts_total");
      }
      for (App app : apps.values()) {
        app.stop();
      }
      told.readToEnd();
      heldBack.readToEnd();
    }
    List<String> broken = promises.broken(written);
    broken.forEach(report::broken);
    Duration idle = config.sources().hubble().idleTimeout();
    if (!broken.isEmpty() && feeder.longestGap().compareTo(idle) > 0) {
      report.broken(
          "a partition could not be written to for longer than the idle timeout of "
              + idle.toSeconds()
              + " s, so it may have been taken for idle");
    }
    if (!broken.isEmpty()) {
      report.broken(said());
    }
    if (lateFacts > 0) {
      report.broken(
          String.format(Locale.ROOT, "%.0f facts came after their window was judged", lateFacts));
    }
    report.seconds("longestGapOfInput", feeder.longestGap());
    Count sum = promises.sum();
    report.measured("records", written.values().stream().mapToLong(Long::longValue).sum());
    report.measured("late", sum.late());
    report.measured("skipped", sum.skipped());
    report.measured("bad", sum.bad());
    report.measured("alerts", stand.load().alerts().size());
    report.measured("alertRecords", promises.told() + promises.heldBack());
    report.measured("duplicates", promises.twice());
  }

  /**
   * A reader of a topic of alerts from its beginning.
   *
   * @param most records taken at a time
   */
  Told told(Topic topic, int most, Consumer<Alert> hears) {
    return new Told(stand.brokers().bootstrap(), stand.registry().url(), topic(topic), most, hears);
  }

  /** Committed dead letters, by reason. */
  Map<String, Long> deadLetters() {
    return DeadLetterCount.of(stand.brokers().bootstrap(), topic(Topic.DLQ));
  }

  /** Ends all instances that still run. */
  void killAll() {
    for (App app : apps.values()) {
      app.kill();
    }
  }

  /** Whether anything has changed. */
  private boolean count() throws InterruptedException {
    Count before = promises.sum();
    for (App app : apps.values()) {
      app.counts().forEach(promises::counted);
    }
    return !promises.sum().equals(before);
  }

  /** The last lines of every instance. */
  String said() {
    StringBuilder said = new StringBuilder();
    apps.forEach(
        (number, app) -> {
          List<String> lines =
              app.child().said().lines().filter(line -> !line.contains(CHATTER)).toList();
          said.append("instance ").append(number).append(" said last:\n");
          lines
              .subList(Math.max(0, lines.size() - LAST_LINES), lines.size())
              .forEach(line -> said.append("  | ").append(line).append('\n'));
        });
    return said.toString();
  }

  /** Stops who still runs and deletes all topics. */
  @Override
  public void close() {
    killAll();
    if (feeder != null) {
      feeder.close();
    }
    pulse.close();
    try (Admin admin = stand.brokers().admin()) {
      admin
          .deleteTopics(
              admin.listTopics().names().get().stream()
                  .filter(topic -> topic.startsWith(name + '.') || topic.startsWith(name + '-'))
                  .toList())
          .all()
          .get();
    } catch (ExecutionException e) {
      report.did("the topics were not deleted: %s", e.getCause().getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
