package io.tidemark.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.alert.Alert;
import io.tidemark.flow.Source;
import io.tidemark.pipeline.SourceProgress;
import io.tidemark.publish.Outcome;
import io.tidemark.topology.Telemetry;
import io.tidemark.window.Fact;
import io.tidemark.window.Tally;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.streams.KafkaStreams;

/**
 * What the service counts, for Prometheus. Names are public: {@code docs/metrics.md} lists them,
 * and a test compares.
 */
final class Metrics implements Telemetry, AutoCloseable {

  private static final String REASON = "reason";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Inputs inputs;
  private final Waits waits;
  private final MultiGauge behind;
  private final LongSupplier clock;
  private final Map<Inputs.Key, List<Meter>> perInput = new HashMap<>();
  private final Map<Inputs.Key, Set<String>> reasons = new HashMap<>();
  private final ConcurrentMap<Source, Long> judged = new ConcurrentHashMap<>();
  private final AtomicInteger statements = new AtomicInteger();
  private KafkaStreamsMetrics kafka;

  /**
   * @param clock the time of day, milliseconds since the epoch
   */
  Metrics(Inputs inputs, Waits waits, LongSupplier clock) {
    this.inputs = inputs;
    this.waits = waits;
    this.behind =
        MultiGauge.builder("tidemark.slowest.behind")
            .description("How far the partition that JUDGE waits for is behind the furthest.")
            .baseUnit("seconds")
            .register(registry);
    this.clock = clock;
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    Gauge.builder("tidemark.statements", statements, AtomicInteger::get)
        .description("Suppressions and the like that this instance knows of, expired ones too.")
        .register(registry);
  }

  /** Shows the metrics of this client instead of the last one's. */
  synchronized void attach(KafkaStreams streams) {
    if (kafka != null) {
      kafka.close();
    }
    kafka = new KafkaStreamsMetrics(streams);
    kafka.bindTo(registry);
  }

  /** A gauge that is 1 or 0. */
  void flag(String name, String meaning, Function<Metrics, Boolean> value) {
    Gauge.builder(name, this, metrics -> value.apply(metrics) ? 1 : 0)
        .description(meaning)
        .register(registry);
  }

  /** All of it in Prometheus' text format. */
  synchronized String scrape() {
    look();
    return registry.scrape();
  }

  void threadFailed(Causes.Kind kind) {
    counter("tidemark.thread.failures", "Processing threads that failed.", "kind", id(kind))
        .increment();
  }

  @Override
  public void partition(Source source, int partition, Tally tally) {
    inputs.assigned(source, partition, tally);
  }

  @Override
  public void released(Source source, int partition, Tally tally) {
    inputs.released(source, partition, tally);
  }

  @Override
  public void watermark(Fact.Watermark watermark) {
    inputs.moved(watermark);
  }

  @Override
  public void deadLetter(String reason) {
    counter("tidemark.dead.letters", "Records written to the dead letters.", REASON, reason)
        .increment();
  }

  @Override
  public void judged(Source source, long windowStart, int workloads) {
    String id = source.id();
    counter("tidemark.judged.windows", "Windows judged, once per activity partition.", "source", id)
        .increment();
    judged.computeIfPresent(source, (key, newest) -> Math.max(newest, windowStart));
    counter("tidemark.judged.workloads", "Judgements of a workload's window.", "source", id)
        .increment(workloads);
    if (judged.putIfAbsent(source, windowStart) == null) {
      Gauge.builder("tidemark.judged.age", () -> (clock.getAsLong() - judged.get(source)) / 1e3)
          .description("Time since the start of the newest window that was judged.")
          .baseUnit("seconds")
          .tags("source", id)
          .register(registry);
    }
  }

  @Override
  public void waits(Source source, int judge, SourceProgress.Slowest slowest) {
    waits.told(source, judge, slowest);
  }

  @Override
  public void judgeReleased(int judge) {
    waits.released(judge);
  }

  @Override
  public void alert(Alert alert) {
    counter(
            "tidemark.alerts",
            "Alerts published.",
            "detector",
            alert.detector(),
            "severity",
            alert.severity().id(),
            "status",
            alert.status().id())
        .increment();
  }

  @Override
  public void shadowed(Alert alert, Outcome why) {
    counter(
            "tidemark.shadowed.alerts",
            "Alerts recorded but not published: of a mass event, or over budget.",
            "detector",
            alert.detector(),
            REASON,
            why.id())
        .increment();
  }

  @Override
  public void suppressed(Alert alert) {
    counter(
            "tidemark.suppressed.alerts",
            "Alerts not published because an operator does not want them.",
            "detector",
            alert.detector())
        .increment();
  }

  @Override
  public void statements(int known) {
    statements.set(known);
  }

  @Override
  public void statementDropped() {
    counter("tidemark.dropped.statements", "Statements of operators that gave way to newer ones.")
        .increment();
  }

  @Override
  public void lateFact(Source source) {
    counter(
            "tidemark.late.facts",
            "Facts that came after their window was judged.",
            "source",
            source.id())
        .increment();
  }

  @Override
  public void overflowed(Source source) {
    counter(
            "tidemark.overflowed",
            "Windows in which a workload had more edges or domains than are kept.",
            "source",
            source.id())
        .increment();
  }

  @Override
  public void crowded(Source source) {
    counter(
            "tidemark.crowded",
            "Windows in which a new workload spoke and there was no room to learn about it.",
            "source",
            source.id())
        .increment();
  }

  @Override
  public void forgotten(String detector, int workloads) {
    counter(
            "tidemark.forgotten",
            "Workloads of which a detector learns anew: its stored state is of another version.",
            "detector",
            detector)
        .increment(workloads);
  }

  @Override
  public synchronized void close() {
    if (kafka != null) {
      kafka.close();
    }
    registry.close();
  }

  private Counter counter(String name, String meaning, String... tags) {
    return Counter.builder(name).description(meaning).tags(tags).register(registry);
  }

  private static String id(Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Registers what was not seen before and drops the partitions that went elsewhere. */
  private void look() {
    behind.register(
        waits.behind().entrySet().stream()
            .map(each -> MultiGauge.Row.of(tags(each.getKey()), each.getValue()))
            .toList(),
        true);
    Set<Inputs.Key> present = new TreeSet<>();
    for (Inputs.Input input : inputs.all()) {
      present.add(input.key());
      perInput.computeIfAbsent(input.key(), this::register);
      reasons(input.key(), "tidemark.skipped", "Lines that are no flows.", Tally::skipped);
      reasons(input.key(), "tidemark.bad", "Unreadable lines.", Tally::bad);
    }
    perInput
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !present.contains(entry.getKey());
              if (gone) {
                entry.getValue().forEach(registry::remove);
                reasons.remove(entry.getKey());
              }
              return gone;
            });
  }

  private List<Meter> register(Inputs.Key key) {
    List<Meter> meters = new ArrayList<>();
    meters.add(count(key, "tidemark.lines", "Lines read.", Tags.empty(), Tally::lines));
    meters.add(
        count(key, "tidemark.flows", "Flows folded into a window.", Tags.empty(), Tally::flows));
    meters.add(
        count(
            key,
            "tidemark.duplicates",
            "Flows that repeat another sighting of the same connection.",
            Tags.empty(),
            Tally::duplicates));
    meters.add(
        count(
            key,
            "tidemark.late",
            "Flows that came after their window was complete.",
            Tags.empty(),
            Tally::late));
    meters.add(
        Gauge.builder("tidemark.watermark", () -> watermark(key))
            .description("Event time through which windows are complete, since the epoch.")
            .baseUnit("seconds")
            .tags(tags(key))
            .register(registry));
    return meters;
  }

  private void reasons(
      Inputs.Key key, String name, String meaning, Function<Tally, SortedMap<String, Long>> of) {
    Inputs.Input input = inputs.get(key);
    Set<String> known = reasons.computeIfAbsent(key, k -> new TreeSet<>());
    for (String reason : input == null ? Set.<String>of() : now(of.apply(input.tally()))) {
      if (known.add(name + ' ' + reason)) {
        perInput
            .get(key)
            .add(
                count(
                    key,
                    name,
                    meaning,
                    Tags.of(REASON, reason),
                    tally -> of.apply(tally).getOrDefault(reason, 0L)));
      }
    }
  }

  /** The processing thread may add a reason meanwhile; there are few, so it seldom does. */
  private static Set<String> now(SortedMap<String, Long> live) {
    try {
      return new TreeSet<>(live.keySet());
    } catch (ConcurrentModificationException | NullPointerException e) {
      return Set.of(); // Seen at the next look.
    }
  }

  private Meter count(
      Inputs.Key key, String name, String meaning, Tags more, ToDoubleFunction<Tally> value) {
    return FunctionCounter.builder(
            name,
            inputs,
            all -> {
              Inputs.Input input = all.get(key);
              return input == null ? 0 : value.applyAsDouble(input.tally());
            })
        .description(meaning)
        .tags(tags(key).and(more))
        .register(registry);
  }

  private double watermark(Inputs.Key key) {
    Inputs.Input input = inputs.get(key);
    return input == null || input.through() == Inputs.NO_WATERMARK
        ? Double.NaN
        : input.through() / 1e3;
  }

  private static Tags tags(Inputs.Key key) {
    return Tags.of("source", key.source().id(), "partition", Integer.toString(key.partition()));
  }
}
