package io.tidemark.load.growth;

import io.tidemark.cli.ExitCode;
import io.tidemark.config.Config;
import io.tidemark.config.ConfigLoader;
import io.tidemark.config.SerdeSettings;
import io.tidemark.service.Outcome;
import io.tidemark.service.TidemarkService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The service as {@code run} starts it, in a JVM of its own that answers on standard output. */
public final class GrowthProcess {

  /** Said once it processes, with the seconds since the service was started. */
  static final String READY = "ready ";

  /** Asks for the bytes in use after a full collection. */
  static final String HEAP = "heap";

  /** Asks it to stop in good order. */
  static final String STOP = "stop";

  private static final Duration PATIENCE = Duration.ofMinutes(15);

  /** Milliseconds: the longest that the changelogs allow, and longer than most points take. */
  private static final String COMPACTED_AFTER = "600000";

  private GrowthProcess() {}

  /**
   * What it is told on its command line.
   *
   * @param state directory for what it keeps
   * @param settings of Tidemark, such as {@code streams.threads=2}
   */
  record Job(
      String servers,
      String registry,
      String topic,
      String prefix,
      Path state,
      List<String> settings) {

    List<String> toArguments() {
      List<String> arguments =
          new ArrayList<>(List.of(servers, registry, topic, prefix, state.toString()));
      arguments.addAll(settings);
      return arguments;
    }

    static Job of(String[] given) {
      List<String> all = List.of(given);
      return new Job(
          all.get(0),
          all.get(1),
          all.get(2),
          all.get(3),
          Path.of(all.get(4)),
          all.subList(5, all.size()));
    }
  }

  /** Runs until it is told to stop, or its standard input ends. */
  public static void main(String[] args) throws Exception {
    Job job = Job.of(args);
    long began = System.nanoTime();
    TidemarkService service =
        TidemarkService.start(config(job), job.state(), line -> System.err.println(line));
    inBackground("ready", () -> sayReady(service, began));
    inBackground("ended", () -> endWith(service));
    answer();
    service.close();
    System.out.println(STOP);
    System.exit(0);
  }

  private static void inBackground(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** A service that ends by itself has failed. */
  private static void endWith(TidemarkService service) {
    try {
      Outcome outcome = service.awaitShutdown();
      if (outcome != Outcome.STOPPED) {
        System.err.println("the service ended: " + outcome);
        Runtime.getRuntime().halt(ExitCode.INTERNAL);
      }
    } catch (InterruptedException e) {
      // Nobody wants to know any more.
    }
  }

  private static void sayReady(TidemarkService service, long began) {
    try {
      if (service.awaitReady(PATIENCE)) {
        System.out.printf(Locale.ROOT, READY + "%.3f%n", (System.nanoTime() - began) / 1e9);
      }
    } catch (InterruptedException e) {
      // Nobody wants to know any more.
    }
  }

  private static void answer() throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals(STOP)) {
        return;
      }
      if (line.equals(HEAP)) {
        System.out.println(HEAP + " " + heap());
      }
    }
  }

  /** Twice: what the first collection has finalised the second one frees. */
  private static long heap() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Everything as it comes, but for names, the source, and what is said on the command line. */
  static Config config(Job job) {
    List<String> set = new ArrayList<>();
    set.add("topics.prefix=" + job.prefix());
    set.add("streams.application-id=" + job.prefix());
    set.add("http.port=0");
    set.add("sources.vpc-cni.enabled=false");
    set.add("sources.vpc-flow.enabled=false");
    set.add("sources.hubble.topic=" + job.topic());
    set.addAll(job.settings());
    return ConfigLoader.load(null, set, name -> null)
        .config()
        .withKafka(
            Map.of(
                Config.BOOTSTRAP_SERVERS,
                job.servers(),
                // What was written to a changelog can then be counted.
                StreamsConfig.topicPrefix(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG),
                COMPACTED_AFTER))
        .withSerdeSettings(Map.of(SerdeSettings.REGISTRY_URL, job.registry()));
  }
}
