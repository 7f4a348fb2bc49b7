package io.tidemark.load.growth;

import io.tidemark.load.BenchException;
import io.tidemark.load.Completion;
import io.tidemark.load.JvmProcess;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/**
 * How fast a service went through its input, from a share of it on: before that, a JVM that starts
 * is measured.
 *
 * @param records that were read in that time
 * @param seconds from the commit by which the share was reached to the one behind the last
 * @param cpuSeconds processor time of the service meanwhile
 */
record Passage(long records, double seconds, double cpuSeconds) {

  private static final long PAUSE_MILLIS = 50;
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(4);

  double recordsPerSecond() {
    return records / seconds;
  }

  double cpuSecondsPerMillion() {
    return cpuSeconds * 1e6 / records;
  }

  /**
   * Waits until the service is through.
   *
   * @param topic of lines
   * @param before lines that it had read when it started
   * @param lines that it reads now
   * @param warm share of them that does not count, 0 to below 1
   * @throws BenchException if it ends, or commits nothing for minutes
   */
  static Passage await(
      Rig rig,
      JvmProcess process,
      String application,
      String topic,
      long before,
      long lines,
      double warm)
      throws InterruptedException {
    List<String> inner = List.of(application + ".activity", application + ".findings");
    try (Completion completion =
        new Completion(rig.servers(), application, List.of(topic), inner)) {
      long warmAt = before + Math.round(lines * warm);
      long moved = System.nanoTime();
      Map<TopicPartition, Long> last = Map.of();
      long began = 0;
      double cpu = 0;
      long from = -1;
      while (true) {
        Map<TopicPartition, Long> committed = completion.committed();
        long now = System.nanoTime();
        long read = sum(committed, topic);
        if (from < 0 && read >= warmAt && read > before) {
          from = read;
          began = now;
          cpu = process.cpuSeconds();
        }
        if (read >= before + lines && completion.through(committed)) {
          return new Passage(
              Math.max(1, read - from),
              Math.max(1, now - began) / 1e9,
              Math.max(0, process.cpuSeconds() - cpu));
        }
        process.check();
        if (!committed.equals(last)) {
          last = committed;
          moved = now;
        } else if (now - moved > PATIENCE_NANOS) {
          throw process.failed("commits nothing any more at " + committed);
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  private static long sum(Map<TopicPartition, Long> committed, String topic) {
    return committed.entrySet().stream()
        .filter(entry -> entry.getKey().topic().equals(topic))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
