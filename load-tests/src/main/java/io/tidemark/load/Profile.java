package io.tidemark.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the time of a flight recording went: samples of running threads, by who asked for the work
 * and by what was executing; and what the JVM did beside, which has no samples.
 *
 * @param stacks frames from the innermost out, each as {@code package.Class.method}
 * @param compiling elapsed time of all compilations, seconds
 * @param collecting elapsed time of all pauses of the collector, seconds
 */
record Profile(List<List<String>> stacks, double compiling, double collecting) {

  private static final String COMPILER = "jdk.CompilerStatistics";

  private static final String COLLECTION = "jdk.GarbageCollection";

  private static final String SAMPLE = "jdk.ExecutionSample";

  /** The JVM samples calls into native code apart; most are threads that wait for the network. */
  private static final String NATIVE = "jdk.NativeMethodSample";

  private static final List<String> WAITING =
      List.of(
          "epoll",
          "EPoll",
          "wait",
          "accept",
          "poll",
          "FileDispatcherImpl.read",
          "read0",
          "FileInputStream.read");

  /** What a share belongs to: the first of these, from the innermost frame out. */
  private static final Map<String, String> AREAS = areas();

  Profile {
    stacks = stacks.stream().map(List::copyOf).toList();
  }

  private static Map<String, String> areas() {
    Map<String, String> areas = new LinkedHashMap<>();
    areas.put("io.tidemark.flow.", "parsing lines, identity (flow)");
    areas.put("io.tidemark.window.", "folding, merging facts (window)");
    areas.put("io.tidemark.detect.", "detectors (detect)");
    areas.put("io.tidemark.stats.", "statistics (stats)");
    areas.put("io.tidemark.alert.", "episodes, alerts (alert)");
    areas.put("io.tidemark.publish.", "what is told (publish)");
    areas.put("io.tidemark.state.", "state to bytes (state)");
    areas.put("io.tidemark.schemas.", "facts to Avro and back (schemas)");
    areas.put("io.tidemark.pipeline.", "the three stages (pipeline)");
    areas.put("io.tidemark.topology.", "stores, routing (topology)");
    areas.put("io.tidemark.load.", "the job's own code (load)");
    areas.put("org.apache.avro.", "facts to Avro and back (schemas)");
    areas.put("org.rocksdb.", "RocksDB");
    areas.put("org.apache.kafka.streams.", "Kafka Streams");
    areas.put("org.apache.kafka.clients.producer.", "Kafka producer");
    areas.put("org.apache.kafka.clients.", "Kafka consumer");
    areas.put("org.apache.kafka.", "Kafka consumer");
    areas.put("org.apache.flink.", "Flink");
    return areas;
  }

  /** Reads a recording. */
  static Profile of(Path recording) throws IOException {
    List<List<String>> stacks = new ArrayList<>();
    double compiling = 0;
    double collecting = 0;
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        switch (event.getEventType().getName()) {
          case SAMPLE -> stack(event).ifPresent(stacks::add);
          case NATIVE -> stack(event).filter(stack -> !waits(stack.get(0))).ifPresent(stacks::add);
          // Told now and then, from the beginning on.
          case COMPILER -> compiling = Math.max(compiling, seconds(event, "totalTimeSpent"));
          case COLLECTION -> collecting += seconds(event, "sumOfPauses");
          default -> {
            // Says nothing of where time went.
          }
        }
      }
    }
    return new Profile(stacks, compiling, collecting);
  }

  private static double seconds(RecordedEvent event, String field) {
    return event.getDuration(field).toNanos() / 1e9;
  }

  private static Optional<List<String>> stack(RecordedEvent event) {
    RecordedStackTrace trace = event.getStackTrace();
    return trace == null || trace.getFrames().isEmpty()
        ? Optional.empty()
        : Optional.of(trace.getFrames().stream().map(Profile::frame).toList());
  }

  private static String frame(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }

  private static boolean waits(String frame) {
    return WAITING.stream().anyMatch(frame::contains);
  }

  /** Shares of all samples, largest first, of those who asked for the work. */
  List<Map.Entry<String, Double>> areasByShare() {
    return shares(Profile::area);
  }

  /** Shares of all samples, largest first, of the methods that were executing. */
  List<Map.Entry<String, Double>> methodsByShare() {
    return shares(stack -> stack.get(0));
  }

  private static String area(List<String> stack) {
    for (String frame : stack) {
      for (Map.Entry<String, String> area : AREAS.entrySet()) {
        if (frame.startsWith(area.getKey())) {
          return area.getValue();
        }
      }
    }
    return "the JVM itself, and others";
  }

  private List<Map.Entry<String, Double>> shares(Function<List<String>, String> of) {
    Map<String, Long> counts =
        stacks.stream().collect(Collectors.groupingBy(of, HashMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(count -> Map.entry(count.getKey(), (double) count.getValue() / stacks.size()))
        .sorted(
            Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .toList();
  }

  /** All of it for people. */
  String text(int methods) {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%,d samples; beside them %.1f s of compiling and %.1f s of collecting garbage%n",
                stacks.size(),
                compiling,
                collecting));
    areasByShare().forEach(share -> line(text, share));
    text.append('\n');
    methodsByShare().stream().limit(methods).forEach(share -> line(text, share));
    return text.toString();
  }

  private static void line(StringBuilder text, Map.Entry<String, Double> share) {
    text.append(
        String.format(Locale.ROOT, "%5.1f %%  %s%n", share.getValue() * 100, share.getKey()));
  }
}
