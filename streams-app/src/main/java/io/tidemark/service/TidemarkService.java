package io.tidemark.service;

import io.tidemark.config.Config;
import io.tidemark.config.Topic;
import io.tidemark.topology.TidemarkTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.KafkaStreams.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipeline in service. A failed processing thread is replaced as {@link ThreadFailures} says; a
 * client that ended for want of Kafka or the registry is started anew, until the service is closed.
 */
public final class TidemarkService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TidemarkService.class);

  private final Config config;
  private final Path stateDir;
  private final ServiceLog log;
  private final LongSupplier nanoTime = System::nanoTime;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ConsumerLag lag;
  private final ThreadFailures failures;
  private final Inputs inputs = new Inputs(nanoTime);
  private final Waits waits = new Waits(nanoTime);
  private final Metrics metrics = new Metrics(inputs, waits, System::currentTimeMillis);
  private final HttpEndpoint http;
  private TidemarkTopology.Parts parts;
  private volatile TopicWatch watch;
  private volatile Thread supervisor;
  private boolean movedAside;
  private volatile StreamsRun run;
  private volatile Outcome outcome = Outcome.STOPPED;

  private TidemarkService(Config config, Path stateDir, ServiceLog log) {
    this.config = config;
    this.stateDir = stateDir;
    this.log = log;
    this.lag = new ConsumerLag(config, nanoTime);
    this.failures = new ThreadFailures(log, nanoTime, closing, metrics);
    metrics.flag("tidemark.ready", "Whether records are processed: 1 or 0.", m -> ready());
    this.http =
        new HttpEndpoint(
            config.http(),
            metrics,
            new Health(this::healthy, this::ready, this::why, inputs, waits));
  }

  /**
   * Waits for Kafka, makes sure that the topics exist and starts the pipeline; returns when it has
   * started, before it has work.
   *
   * @param stateDir where state is kept; created if absent
   * @param log told what a person should know, from any thread
   * @throws io.tidemark.config.ConfigException if the configuration does not fit what is there,
   *     such as a port in use
   * @throws ServiceException if Kafka refuses, or the pipeline cannot be started
   * @throws InterruptedException if interrupted while waiting for Kafka; nothing is left running
   */
  public static TidemarkService start(Config config, Path stateDir, ServiceLog log)
      throws InterruptedException {
    TidemarkService service = new TidemarkService(config, stateDir, log);
    boolean started = false;
    try {
      log.say("metrics and health at " + service.httpUrl());
      service.find();
      service.begin();
      started = true;
    } finally {
      if (!started) {
        service.close();
      }
    }
    service.supervisor = new Thread(service::supervise, "tidemark-supervisor");
    service.supervisor.setDaemon(true);
    service.supervisor.start();
    return service;
  }

  /** Kafka Streams' own state. */
  public State state() {
    StreamsRun current = run;
    return current == null ? State.CREATED : current.streams().state();
  }

  /** Where metrics and health are, such as {@code http://127.0.0.1:9464}. */
  public String httpUrl() {
    return http.url();
  }

  /** Whether it works, or can be expected to without anyone's help. */
  public boolean healthy() {
    return ended.getCount() > 0;
  }

  /** Whether it processes records, or did until less than a minute ago and is rebalancing. */
  public boolean ready() {
    StreamsRun current = run;
    return healthy() && current != null && current.ready();
  }

  /**
   * Waits until it is {@link #ready}, has ended or the time is up.
   *
   * @return whether it is ready
   */
  public boolean awaitReady(Duration atMost) throws InterruptedException {
    long end = nanoTime.getAsLong() + atMost.toNanos();
    while (!ready() && nanoTime.getAsLong() < end) {
      if (ended.await(50, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return ready();
  }

  /** Waits until it has ended, by {@link #close} or by itself. */
  public Outcome awaitShutdown() throws InterruptedException {
    ended.await();
    return outcome;
  }

  /**
   * Processes what was read, commits and stops, in at most a minute; harmless when called again.
   */
  @Override
  public void close() {
    synchronized (closing) {
      if (closing.getCount() == 0) {
        return;
      }
      closing.countDown();
    }
    stop();
    Thread waiting = supervisor;
    if (waiting != null) {
      // It may be waiting for Kafka.
      waiting.interrupt();
    } else if (watch != null) {
      watch.close();
    }
    http.close();
    metrics.close();
    ended.countDown();
  }

  /** What it is doing, in a few words. */
  public String why() {
    StreamsRun current = run;
    if (ended.getCount() == 0) {
      return "stopped: " + failures.last().message();
    }
    if (current == null) {
      return "waiting for Kafka at " + config.kafka().get(Config.BOOTSTRAP_SERVERS);
    }
    return switch (current.streams().state()) {
      case RUNNING -> "running";
      case REBALANCING -> "rebalancing or restoring state";
      case PENDING_SHUTDOWN, NOT_RUNNING -> "shutting down";
      case CREATED -> "starting";
      case PENDING_ERROR, ERROR -> failures.last().message();
    };
  }

  private void stop() {
    StreamsRun current = run;
    if (current != null && !current.close(!config.streams().groupInstanceId().isEmpty())) {
      log.say("did not stop within " + StreamsRun.DRAIN.toSeconds() + " s");
    }
  }

  /** Starts a client, again and again while what it needs is not reachable. */
  private void begin() {
    while (true) {
      Properties properties = StreamsProperties.of(config, stateDir);
      StreamsRun next =
          new StreamsRun(new TidemarkTopology(parts).get(), properties, failures, nanoTime);
      lag.attach(() -> next.streams().metrics());
      metrics.attach(next.streams());
      run = next;
      try {
        next.start();
        return;
      } catch (RuntimeException e) {
        next.close(false);
        Causes causes = Causes.of(e);
        if (causes.kind() == Causes.Kind.STATE && !movedAside) {
          movedAside = true;
          moveAside(causes);
        } else if (causes.kind() == Causes.Kind.UNREACHABLE) {
          failures.handle(e);
        } else {
          throw cannotStart(causes, e);
        }
      }
      if (closing.getCount() == 0) {
        return;
      }
    }
  }

  private ServiceException cannotStart(Causes causes, RuntimeException e) {
    return new ServiceException(
        Outcome.of(causes.kind()),
        "cannot start on state directory " + stateDir + ": " + causes.message(),
        e);
  }

  /** Looks at the topics, and makes what is kept fit them. */
  private void find() throws InterruptedException {
    Map<Topic, Integer> found = Topics.find(config, log);
    parts =
        Pipeline.parts(
            config, Topics.rawPartitions(found), found.get(Topic.ACTIVITY), lag, metrics);
    watch = Topics.watch(config, found);
    lag.confirm(watch.ends()::quiet);
  }

  private void supervise() {
    try {
      while (true) {
        boolean failed = awaitEndOrChange();
        if (closing.getCount() == 0) {
          return;
        }
        Causes causes = failures.last();
        // Whoever keeps a place in the group gets its old work back, and no new partition.
        run.close(false);
        boolean again =
            !failed
                || causes.kind() == Causes.Kind.UNREACHABLE
                || causes.kind() == Causes.Kind.PARTITIONS;
        if (!again) {
          outcome = Outcome.of(causes.kind());
          log.say("stopped: " + causes.message());
          return;
        }
        if (causes.kind() == Causes.Kind.PARTITIONS && failed) {
          log.say("a topic that is read has grown; starting anew");
        }
        watch.close();
        find();
        begin();
        if (closing.getCount() == 0) {
          run.close(false);
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("the pipeline could not be started anew", e);
      outcome = e instanceof ServiceException known ? known.outcome() : Outcome.FAILED;
      log.say("stopped: " + e.getMessage());
    } finally {
      watch.close();
      if (closing.getCount() > 0) {
        ended.countDown();
      }
    }
  }

  /**
   * Whether the client has stopped; else a topic that it reads has another number of partitions.
   */
  private boolean awaitEndOrChange() throws InterruptedException {
    while (!run.awaitEnd(watch.every())) {
      Map<String, Integer> changed = watch.changed();
      if (!changed.isEmpty() && closing.getCount() > 0) {
        changed.forEach(
            (topic, count) ->
                log.say("topic " + topic + " has " + count + " partitions now; starting anew"));
        return false;
      }
    }
    return true;
  }

  /** State that cannot be opened is restored from Kafka; the old is kept for whoever asks why. */
  private void moveAside(Causes causes) {
    Path state = stateDir.resolve(config.streams().applicationId());
    Path aside = free(state);
    log.say(
        "the state in "
            + state
            + " cannot be opened ("
            + causes.message()
            + "); moved to "
            + aside.getFileName()
            + " and restoring it from Kafka");
    try {
      Files.move(state, aside);
    } catch (IOException e) {
      throw new ServiceException(
          Outcome.FAILED, "state directory " + state + " cannot be moved to " + aside, e);
    }
  }

  private static Path free(Path state) {
    for (int i = 1; ; i++) {
      Path aside = state.resolveSibling(state.getFileName() + ".broken-" + i);
      if (!Files.exists(aside)) {
        return aside;
      }
    }
  }
}
