package io.tidemark.load;

import io.tidemark.config.Config;
import io.tidemark.config.ConfigLoader;
import io.tidemark.config.SerdeSettings;
import io.tidemark.control.Control;
import io.tidemark.replay.Range;
import io.tidemark.replay.Replay;
import io.tidemark.service.TidemarkService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The product as {@code run} starts it, with its defaults; over facts, the product's replay. Only
 * the source that is measured is read.
 */
final class TidemarkJob {

  private TidemarkJob() {}

  static void run(Job job) throws InterruptedException {
    if (job.subject().feed() == Feed.ACTIVITY) {
      replay(job);
      return;
    }
    try (TidemarkService service =
        TidemarkService.start(config(job), Path.of(job.state()), TidemarkJob::say)) {
      throw new IllegalStateException("the service ended: " + service.awaitShutdown());
    }
  }

  /** Reads from a fixed begin to a fixed end, and commits nothing. */
  private static void replay(Job job) throws InterruptedException {
    Replay replay = Replay.open(config(job), Replay.Input.activity, Range.ALL, false, Control.NONE);
    replay.run(
        new Replay.Watcher() {
          private long known;

          @Override
          public void at(long done, long total, long position) {
            WarmUp.took(done - known);
            known = done;
          }

          @Override
          public void warn(String message) {
            say(message);
          }
        });
    System.out.println(Child.DONE);
    // Its processor time is read while it lives.
    new CountDownLatch(1).await();
  }

  /** Everything as it comes, but for names, the source, and where things are. */
  static Config config(Job job) {
    Feed feed = job.subject().feed();
    List<String> set = new ArrayList<>();
    set.add("topics.prefix=" + (feed == Feed.ACTIVITY ? job.facts() : job.prefix()));
    set.add("streams.application-id=" + job.prefix());
    set.add("streams.threads=" + job.threads());
    set.add("streams.commit-interval=" + job.commitMillis() + "ms");
    set.add("state.backend=" + (job.subject().engine() == Engine.TIDEMARK ? "rocksdb" : "memory"));
    set.add("http.port=0");
    set.add("sources.hubble.enabled=" + (feed != Feed.VPC_FLOW));
    set.add("sources.vpc-cni.enabled=false");
    set.add("sources.vpc-flow.enabled=" + (feed == Feed.VPC_FLOW));
    if (feed != Feed.ACTIVITY) {
      set.add("sources." + feed.id() + ".topic=" + job.topic());
    }
    if (feed == Feed.VPC_FLOW) {
      set.add("sources.vpc-flow.format=" + job.format());
    }
    return ConfigLoader.load(null, set, name -> null)
        .config()
        .withKafka(
            Map.of(
                Config.BOOTSTRAP_SERVERS,
                job.servers(),
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG),
                WarmUp.class.getName()))
        .withSerdeSettings(Map.of(SerdeSettings.REGISTRY_URL, job.registry()));
  }

  private static void say(String line) {
    System.err.println(line);
  }
}
