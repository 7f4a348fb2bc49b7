package io.tidemark.demo;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertText;
import io.tidemark.config.Config;
import io.tidemark.config.Topic;
import io.tidemark.fleet.Incident;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * A script played to a running pipeline: its history as fast as the pipeline reads, the rest at a
 * multiple of the clock's speed, and the alerts as they come. For one thread.
 */
public final class Demo {

  private enum Stage {
    HISTORY,
    LIVE,
    SETTLING,
    OVER
  }

  private static final Duration LISTEN = Duration.ofMillis(100);
  private static final long ASK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(90);

  /** The history counts as read with this few records to go; live feeding covers them. */
  private static final long NEARLY_READ = 2_000;

  private final Script script;
  private final double speed;
  private final Config config;
  private final Stand stand;
  private final Screen screen;
  private final AlertText text;
  private final BooleanSupplier stopped;
  private final LongSupplier nanoTime;
  private final Alerts alerts = new Alerts();
  private final Lead lead;
  private final Feeder feeder;

  private Stage stage = Stage.HISTORY;
  private Pace pace;
  private final Set<String> announced = new HashSet<>();
  private Incident going;
  private long began;
  private long asked;
  private long moved;
  private long settled;
  private long historyNanos;
  private long historyRecords;
  private Map<TopicPartition, Long> committed = Map.of();

  /**
   * How it is played.
   *
   * @param speed seconds of event time in a second of the live part, above 0
   * @param text how alerts are written
   * @param stopped asked often; once true, nothing goes on for long
   */
  public record Show(
      double speed,
      Screen screen,
      AlertText text,
      BooleanSupplier stopped,
      LongSupplier nanoTime) {}

  /**
   * What came of it.
   *
   * @param complete whether the script came to its end, rather than being stopped
   * @param alerts the last state of each alert as a line of canonical JSON, sorted
   */
  public record Result(boolean complete, List<String> alerts) {}

  /**
   * Starts a broker and the pipeline, plays the script to it, and sums up.
   *
   * @param config all but where Kafka and the schemas are
   * @param directory where data is kept; empty or absent
   * @throws IllegalStateException if the pipeline stopped working
   */
  public static Result run(Script script, Config config, Path directory, Show show)
      throws InterruptedException {
    try (Stand stand = Stand.start(config, directory)) {
      Demo demo = new Demo(script, stand, show);
      boolean complete = demo.play();
      if (complete) {
        Scorecard score = Scorecard.of(script.incidents(), demo.alerts.all());
        show.screen().say("\n" + Summary.of(score) + "\n" + demo.totals());
      }
      return new Result(complete, demo.alerts.canonical());
    }
  }

  private Demo(Script script, Stand stand, Show show) {
    this.script = script;
    this.speed = show.speed();
    this.stand = stand;
    this.config = stand.config();
    this.screen = show.screen();
    this.text = show.text();
    this.stopped = show.stopped();
    this.nanoTime = show.nanoTime();
    this.lead = new Lead(Stand.MOST_AHEAD);
    this.feeder =
        new Feeder(
            stand.producer(),
            config.topic(Topic.RAW_HUBBLE),
            config.topics().rawPartitions(),
            script,
            lead,
            nanoTime);
  }

  private boolean play() throws InterruptedException {
    Thread writer = new Thread(feeder, "tidemark-demo-feeder");
    writer.setDaemon(true);
    began = nanoTime.getAsLong();
    moved = began;
    asked = began - ASK_NANOS;
    writer.start();
    try {
      while (stage != Stage.OVER && !stopped.getAsBoolean()) {
        stand.taps().alerts(LISTEN).forEach(this::tell);
        feeder.check();
        measure();
        proceed();
        screen.status(this::status);
      }
      return stage == Stage.OVER;
    } finally {
      screen.clear();
      writer.interrupt();
      writer.join(TimeUnit.SECONDS.toMillis(2));
    }
  }

  private String totals() {
    return Phrases.count(alerts.all().size(), "alert")
        + " from "
        + Phrases.count(lead.written(), "record")
        + " in "
        + Phrases.time(Duration.ofNanos(nanoTime.getAsLong() - began))
        + ".";
  }

  private void tell(Alert alert) {
    if (alerts.take(alert)) {
      screen.say(text.story(alert));
    }
  }

  private void measure() throws InterruptedException {
    long now = nanoTime.getAsLong();
    if (now - asked < ASK_NANOS) {
      return;
    }
    asked = now;
    Map<TopicPartition, Long> latest = stand.taps().committed();
    String raw = config.topic(Topic.RAW_HUBBLE);
    lead.read(
        latest.entrySet().stream()
            .filter(entry -> entry.getKey().topic().equals(raw))
            .mapToLong(Map.Entry::getValue)
            .sum());
    if (!latest.equals(committed)) {
      committed = latest;
      moved = now;
    }
    if (!stand.service().healthy()) {
      throw new IllegalStateException("the pipeline has stopped" + stand.lastWords());
    }
    if (lead.size() > 0 && now - moved > STALLED_NANOS) {
      throw new IllegalStateException(
          "the pipeline has read nothing for "
              + TimeUnit.NANOSECONDS.toSeconds(STALLED_NANOS)
              + " s"
              + stand.lastWords());
    }
  }

  private void proceed() {
    long now = nanoTime.getAsLong();
    switch (stage) {
      case HISTORY -> {
        if (feeder.historyWritten() && lead.size() <= NEARLY_READ) {
          goLive(now);
        }
      }
      case LIVE -> {
        announce(Math.min(pace.eventTime(now), script.end()));
        if (feeder.done() && lead.size() == 0) {
          stage = Stage.SETTLING;
          settled = now;
        }
      }
      case SETTLING -> {
        // Idle after at most two ticks; what that completes takes three commits to come out.
        long quiet = config.streams().commitInterval().multipliedBy(3).plusMillis(500).toNanos();
        long idle = config.sources().hubble().idleTimeout().multipliedBy(2).toNanos();
        if (now - settled > idle + quiet && now - moved > quiet) {
          stage = Stage.OVER;
        }
      }
      case OVER -> {}
    }
  }

  private void goLive(long now) {
    historyNanos = now - began;
    historyRecords = lead.written();
    if (script.live() > script.from()) {
      screen.say(
          String.format(
              Locale.ROOT,
              "%s of history learnt: %s read in %s, %s a second.",
              Phrases.span(script.live() - script.from()),
              Phrases.count(historyRecords, "record"),
              Phrases.time(Duration.ofNanos(historyNanos)),
              Phrases.count((long) (historyRecords / Math.max(1e-3, historyNanos / 1e9)))));
    }
    pace = new Pace(now, script.live(), speed);
    stage = Stage.LIVE;
    if (script.end() > script.live()) {
      String pass = speed == 1 ? "" : ", " + Phrases.number(speed) + " times as fast";
      screen.say("Live from here" + pass + ". Times are event time, UTC.\n");
      screen.say(Phrases.second(script.live()) + "  now: quiet");
    }
    feeder.goLive(pace);
  }

  /** Says what begins and ends; none is left out, however fast time passes. */
  private void announce(long eventTime) {
    for (Incident incident : script.incidents()) {
      if (incident.start() <= eventTime && announced.add(incident.id())) {
        going = incident;
        screen.say(Phrases.second(incident.start()) + "  now: " + Script.words(incident));
      }
    }
    if (going != null && script.at(eventTime) == null) {
      going = null;
      screen.say(Phrases.second(eventTime) + "  now: quiet");
    }
  }

  private String status() {
    long now = nanoTime.getAsLong();
    if (stage == Stage.HISTORY) {
      long time = lead.eventTime(script.from());
      double share = share(time, script.from(), script.live());
      double seconds = (now - began) / 1e9;
      String left =
          share > 0.02
              ? Phrases.time(Duration.ofMillis((long) (seconds * 1e3 * (1 - share) / share)))
                  + " left"
              : "";
      return String.format(
          Locale.ROOT,
          "History %s  %s  %.0fk/s  %s",
          Phrases.bar(share),
          Phrases.minute(time),
          lead.read() / Math.max(0.1, seconds) / 1e3,
          left);
    }
    if (stage == Stage.LIVE) {
      long time = Math.min(pace.eventTime(now), script.end());
      String left = Phrases.time(Duration.ofNanos(pace.nanosUntil(script.end(), now))) + " left";
      return "Live    "
          + Phrases.bar(share(time, script.live(), script.end()))
          + "  "
          + Phrases.minute(time)
          + "  "
          + left;
    }
    return "Waiting for the last windows";
  }

  private static double share(long time, long from, long to) {
    return to > from ? (double) (time - from) / (to - from) : 1;
  }
}
