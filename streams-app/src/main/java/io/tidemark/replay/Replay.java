package io.tidemark.replay;

import io.tidemark.config.Config;
import io.tidemark.config.SourceSettings;
import io.tidemark.config.Topic;
import io.tidemark.control.Control;
import io.tidemark.flow.Source;
import io.tidemark.history.Age;
import io.tidemark.history.Extent;
import io.tidemark.pipeline.LocalJudge;
import io.tidemark.pipeline.LocalPublish;
import io.tidemark.service.Pipeline;
import io.tidemark.service.Serdes;
import io.tidemark.topology.ActivityRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;

/** History through the same stages as live; what it reads is fixed when it is opened. */
public final class Replay {

  /** What is replayed. */
  public enum Input {
    /** Records as their sources wrote them. */
    raw,
    /** Facts per window, as the live pipeline folded them. */
    activity
  }

  /** Who watches while it runs. */
  public interface Watcher {

    /**
     * Called several times a second.
     *
     * @param done offsets left behind
     * @param total offsets in all
     * @param position event time reached, milliseconds, {@link Long#MIN_VALUE} before the first
     */
    void at(long done, long total, long position);

    void warn(String message);
  }

  private static final long LOOK_MILLIS = 100;
  private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long STEADY_SHARE = 50;

  /** Beyond the allowed lateness: how far clocks and watermarks of sources may lie apart. */
  private static final Duration SLACK = Duration.ofMinutes(10);

  private final Config config;
  private final Input input;
  private final Extent extent;
  private final Range range;
  private final boolean release;
  private final Control control;

  /**
   * @param release whether windows that are not complete in every input partition are judged at the
   *     end; live has not judged them yet
   */
  private Replay(
      Config config, Input input, Extent extent, Range range, boolean release, Control control) {
    this.config = config;
    this.input = input;
    this.extent = extent;
    this.range = range;
    this.release = release;
    this.control = control;
  }

  /**
   * Fixes what is read: all that the topics hold now of this range.
   *
   * @param control what operators said, which holds by event time as it did live
   * @throws io.tidemark.history.HistoryException if a topic is missing or Kafka does not answer
   */
  public static Replay open(
      Config config, Input input, Range range, boolean release, Control control)
      throws InterruptedException {
    return new Replay(
        config,
        input,
        Extent.of(config.kafka(), topics(config, input), since(config, range)),
        range,
        release,
        control);
  }

  /** The topics that an input lies in. */
  public static List<String> topics(Config config, Input input) {
    if (input == Input.activity) {
      return List.of(config.topic(Topic.ACTIVITY));
    }
    List<String> topics = new ArrayList<>();
    for (Source source : Source.values()) {
      if (config.sources().of(source).enabled()) {
        topics.add(config.topic(Config.rawTopic(source)));
      }
    }
    return topics;
  }

  /** Nothing is written long before it happens, however long after. */
  private static long since(Config config, Range range) {
    return range.begin() == Range.EARLIEST
        ? Extent.EARLIEST
        : range.begin() - config.windows().maxFuture().toMillis();
  }

  /** Offsets to be read; 0 if there is nothing. */
  public long length() {
    return extent.length();
  }

  /**
   * Reads all of it.
   *
   * @throws io.tidemark.history.HistoryException if it cannot be read to its end
   */
  public Replayed run(Watcher watcher) throws InterruptedException {
    LocalPublish publish = Pipeline.publish(config, control);
    List<Part> parts = parts(publish);
    int threads = Math.max(1, Math.min(parts.size(), Runtime.getRuntime().availableProcessors()));
    ExecutorService pool = Executors.newFixedThreadPool(threads, Replay::thread);
    try {
      List<Future<Replayed>> futures = new ArrayList<>();
      parts.forEach(part -> futures.add(pool.submit(part::replay)));
      Watch watch = new Watch(parts, watcher);
      Replayed all = Replayed.NOTHING;
      for (Future<Replayed> future : futures) {
        all = all.and(await(future, watch));
      }
      watch.look();
      if (release) {
        publish.finish();
      }
      return all.with(publish, range);
    } finally {
      pool.shutdownNow();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "replay");
    thread.setDaemon(true);
    return thread;
  }

  private static Replayed await(Future<Replayed> future, Watch watch) throws InterruptedException {
    while (true) {
      try {
        return future.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        watch.look();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  private List<Part> parts(LocalPublish publish) throws InterruptedException {
    long patience = patience();
    if (input == Input.raw) {
      Serdes serdes = new Serdes(config.serde());
      return List.of(
          new RawPart(
              config,
              extent,
              Pipeline.local(config, Addresses.read(config, serdes), control, publish),
              range,
              patience));
    }
    List<Part> parts = new ArrayList<>();
    Serdes serdes = new Serdes(config.serde());
    List<TopicPartition> partitions = extent.partitions();
    for (TopicPartition partition : partitions) {
      parts.add(
          new ActivityPart(
              config,
              extent.only(partition),
              ActivityRecords.values(serdes).deserializer(),
              Pipeline.judge(
                  config, control, publish, new LocalJudge.Place(parts.size(), partitions.size())),
              range,
              patience,
              release));
    }
    return parts;
  }

  private long patience() {
    Duration longest = Duration.ZERO;
    for (Source source : Source.values()) {
      SourceSettings settings = config.sources().of(source);
      longest = longest.compareTo(settings.lateness()) < 0 ? settings.lateness() : longest;
    }
    return longest.plus(SLACK).toMillis();
  }

  /** Tells how far all parts have come, and in time if they may come too late. */
  private final class Watch {
    private final List<Part> parts;
    private final Watcher watcher;
    private final List<Age> ages;
    private final Set<String> warned = new HashSet<>();
    private final long started = System.nanoTime();

    Watch(List<Part> parts, Watcher watcher) throws InterruptedException {
      this.parts = parts;
      this.watcher = watcher;
      this.ages = Age.of(config.kafka(), extent.partitions());
      warn(0);
    }

    void look() {
      long done = parts.stream().mapToLong(Part::done).sum();
      long total = extent.length();
      watcher.at(done, total, position());
      long elapsed = System.nanoTime() - started;
      // Before that, the first connection is most of the time that it took.
      if (elapsed > STEADY_NANOS && done * STEADY_SHARE >= total && done > 0) {
        double left = (double) (total - done) / done * elapsed;
        warn(TimeUnit.NANOSECONDS.toMillis((long) left));
      }
    }

    /** Where the last of those stands that are being read. */
    private long position() {
      return parts.stream()
          .mapToLong(Part::position)
          .filter(at -> at != Long.MIN_VALUE)
          .min()
          .orElse(Long.MIN_VALUE);
    }

    private void warn(long takes) {
      for (Age age : ages) {
        if (!warned.contains(age.topic())) {
          age.risk(System.currentTimeMillis(), takes)
              .ifPresent(
                  message -> {
                    warned.add(age.topic());
                    watcher.warn(message);
                  });
        }
      }
    }
  }
}
