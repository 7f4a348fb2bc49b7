package io.tidemark.replay;

import com.sun.management.OperatingSystemMXBean;
import io.tidemark.cli.Tidemark;
import io.tidemark.config.Config;
import io.tidemark.config.ConfigLoader;
import io.tidemark.config.Topic;
import io.tidemark.embedded.EmbeddedKafka;
import io.tidemark.fleet.FleetSpec;
import io.tidemark.service.Topics;
import io.tidemark.topology.FleetFacts;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast facts are replayed, by hand: {@code ReplaySpeed DIR WORKLOADS INTENSITY DAYS}. Writes
 * the facts of a made-up fleet to a broker of its own under DIR, unless they are there already, and
 * replays them with further arguments passed on. Broker and replay share the process.
 */
final class ReplaySpeed {

  private static final long START = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();

  private ReplaySpeed() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    boolean there = Files.exists(directory);
    Files.createDirectories(directory);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0, 0)) {
      if (!there) {
        write(kafka, args);
      }
      List<String> replay =
          new ArrayList<>(List.of("replay", "--data-dir", args[0], "--format", "json"));
      replay.addAll(List.of(args).subList(4, args.length));
      long heap = Runtime.getRuntime().maxMemory() >> 20;
      System.err.println("heap of " + heap + " MiB, " + String.join(" ", replay));
      OperatingSystemMXBean system =
          (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      long before = system.getProcessCpuTime();
      int code = Tidemark.run(replay.toArray(String[]::new), System.out, System.err, System.in);
      double seconds = (system.getProcessCpuTime() - before) / 1e9;
      System.err.printf("exit code %d, %.1f s of processor time, broker included%n", code, seconds);
    }
  }

  private static void write(EmbeddedKafka kafka, String[] args) throws Exception {
    Config config =
        ConfigLoader.load(
                null, List.of("kafka.bootstrap.servers=" + kafka.bootstrapServers()), name -> null)
            .config();
    Topics.ensure(config, System.err::println);
    FleetSpec spec =
        FleetSpec.of(42)
            .withWorkloads(Integer.parseInt(args[1]))
            .withIntensity(Double.parseDouble(args[2]));
    long span = (long) (Double.parseDouble(args[3]) * Duration.ofDays(1).toMillis());
    long began = System.nanoTime();
    long records =
        FleetFacts.write(
            kafka.bootstrapServers(),
            kafka.registryUrl(),
            config.topic(Topic.ACTIVITY),
            config.topics().partitions(),
            spec,
            START,
            START + span);
    System.err.printf("%d facts written in %.1f s%n", records, (System.nanoTime() - began) / 1e9);
  }
}
