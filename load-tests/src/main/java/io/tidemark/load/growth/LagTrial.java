package io.tidemark.load.growth;

import io.tidemark.load.BenchException;
import io.tidemark.load.JvmProcess;
import io.tidemark.load.Machine;
import io.tidemark.schemas.Alert;
import io.tidemark.schemas.registry.AvroSerde;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How long after an incident its alert can be read, while lines come at a rate that does not depend
 * on how they are dealt with.
 */
final class LagTrial {

  /** Allowed lateness of the source, milliseconds of event time. */
  static final long LATENESS = 30_000;

  private static final String DETECTOR = "port-scan";
  private static final long READY_SECONDS = 300;
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final long LAST_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long CLOSE_NANOS = 200_000;

  private final Rig rig;
  private final Point point;
  private final String application;
  private final String topic;
  private final double rate;
  private final long lines;
  private final List<Incident> incidents = new ArrayList<>();
  private final Map<String, Long> told = new ConcurrentHashMap<>();
  private volatile boolean over;
  private double behind;

  private LagTrial(Rig rig, Point point, String name, double rate, int seconds) {
    this.rig = rig;
    this.point = point;
    this.application = name;
    this.topic = name + "-lines";
    this.rate = rate;
    this.lines = Math.round(rate * seconds);
  }

  /**
   * Measures one rate.
   *
   * @param rate lines a second
   * @param seconds for how long they are sent
   * @param warm lines that are read before, so that the JVM has compiled what matters
   */
  static Figures run(Rig rig, Point point, String name, double rate, int seconds, long warm)
      throws IOException, InterruptedException {
    LagTrial trial = new LagTrial(rig, point, name, rate, seconds);
    try {
      return trial.run(warm);
    } finally {
      rig.remove(trial.application, trial.topic);
    }
  }

  private Figures run(long warm) throws IOException, InterruptedException {
    rig.create(topic, point.partitions());
    LineMaker maker = new LineMaker(point.traffic(), this::begins);
    rig.fill(topic, point.partitions(), maker, warm);
    incidents.clear();
    try (JvmProcess process = rig.start(application, topic, settings())) {
      process.await(GrowthProcess.READY, READY_SECONDS);
      Passage.await(rig, process, application, topic, 0, warm, Trial.WARM);
      Thread listener = new Thread(this::listen, "alerts");
      listener.start();
      Schedule schedule = send(maker);
      awaitTold(process);
      over = true;
      listener.join();
      return figures(schedule);
    } finally {
      over = true;
    }
  }

  /** Every alert is told by itself, as in a fleet where not everyone scans at once. */
  private List<String> settings() {
    List<String> settings = new ArrayList<>(point.all());
    settings.add("alerts.budget.enabled=false");
    settings.add("alerts.mass-event.enabled=false");
    return settings;
  }

  private void begins(Incident incident) {
    incidents.add(incident);
  }

  /** Sends each line at its moment; whoever is late for one does not move those after it. */
  private Schedule send(LineMaker maker) {
    AtomicReference<Exception> refused = new AtomicReference<>();
    try (Producer<byte[], byte[]> producer = rig.producer(5)) {
      Line line = maker.next();
      Schedule schedule =
          new Schedule(
              line.nanos() / 1_000_000,
              System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100),
              rate / point.traffic().linesPerSecond());
      for (long sent = 0; sent < lines; sent++) {
        long due = schedule.atNanos(line.nanos());
        long now = System.nanoTime();
        while (due - now > CLOSE_NANOS) {
          LockSupport.parkNanos(due - now);
          now = System.nanoTime();
        }
        behind = Math.max(behind, (now - due) / 1e9);
        Rig.send(producer, topic, point.partitions(), line, refused);
        line = maker.next();
      }
      producer.flush();
      Rig.check(topic, refused);
      return schedule;
    }
  }

  /** Incidents whose windows the lines sent have completed. */
  private List<Incident> complete() {
    if (incidents.isEmpty()) {
      return List.of();
    }
    double windows = (double) lines / point.traffic().linesPerWindow();
    long first = incidents.get(0).windowEnd() - Traffic.WINDOW;
    long reached = first + (long) ((windows - 1) * Traffic.WINDOW);
    return incidents.stream()
        .filter(incident -> incident.windowEnd() + LATENESS < reached)
        .toList();
  }

  private static String key(Incident incident) {
    return LineText.workload(incident.workload()).name();
  }

  private void awaitTold(JvmProcess process) throws InterruptedException {
    long end = System.nanoTime() + LAST_NANOS;
    List<Incident> complete = complete();
    while (System.nanoTime() < end
        && !complete.stream().allMatch(incident -> told.containsKey(key(incident)))) {
      process.check();
      Thread.sleep(20);
    }
  }

  private void listen() {
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                Map.of(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    rig.servers(),
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    "read_committed",
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        AvroSerde<Alert> serde = new AvroSerde<>()) {
      serde.configure(
          Map.of("schema.registry.url", rig.registry(), "specific.avro.reader", "true"), false);
      String alerts = application + ".alerts";
      List<TopicPartition> partitions = new ArrayList<>();
      for (PartitionInfo info : consumer.partitionsFor(alerts)) {
        partitions.add(new TopicPartition(alerts, info.partition()));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!over) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(LOOK)) {
          Alert alert = serde.deserialize(alerts, record.value());
          if (alert.getDetector().equals(DETECTOR)) {
            told.putIfAbsent(alert.getWorkload().getName(), System.nanoTime());
          }
        }
      }
    }
  }

  private Figures figures(Schedule schedule) {
    List<Double> total = new ArrayList<>();
    List<Double> above = new ArrayList<>();
    List<Double> unavoidable = new ArrayList<>();
    int missing = 0;
    for (Incident incident : complete()) {
      Long at = told.get(key(incident));
      if (at == null) {
        missing++;
        continue;
      }
      long begin = schedule.atMillis(incident.start());
      long possible = schedule.atMillis(incident.windowEnd() + LATENESS);
      total.add((at - begin) / 1e9);
      above.add((at - possible) / 1e9);
      unavoidable.add((possible - begin) / 1e9);
    }
    if (total.isEmpty()) {
      throw new BenchException("no alert came of " + incidents.size() + " incidents");
    }
    Percentiles totals = Percentiles.of(total);
    Percentiles aboves = Percentiles.of(above);
    return new Figures()
        .put(Measure.OFFERED, rate)
        .put(Measure.COMPRESSION, schedule.compression())
        .put(Measure.ALERTS, totals.count())
        .put(Measure.MISSING_ALERTS, missing)
        .put(Measure.BEHIND_SECONDS, behind)
        .put(Measure.UNAVOIDABLE_SECONDS, Percentiles.of(unavoidable).median())
        .put(Measure.LAG_MEDIAN, aboves.median())
        .put(Measure.LAG_HIGH, aboves.high())
        .put(Measure.LAG_MOST, aboves.most())
        .put(Measure.TOTAL_MEDIAN, totals.median())
        .put(Measure.TOTAL_HIGH, totals.high())
        .put(Measure.TOTAL_MOST, totals.most())
        .put(Measure.LOAD, Math.max(0, Machine.load()));
  }

  /** One line for whoever waits. */
  static String sentence(String name, Figures figures) {
    return String.format(
        Locale.ROOT,
        "%s: %s lines/s, alerts %s s (median), %s s (most) after the earliest possible (load %s)",
        name,
        figures.text(Measure.OFFERED),
        figures.text(Measure.LAG_MEDIAN),
        figures.text(Measure.LAG_MOST),
        figures.text(Measure.LOAD));
  }
}
