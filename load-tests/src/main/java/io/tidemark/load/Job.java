package io.tidemark.load;

import java.util.ArrayList;
import java.util.List;

/**
 * What a subject's JVM is told on its command line.
 *
 * @param subject what to do
 * @param servers where Kafka is
 * @param registry where the schemas are
 * @param topic the feed
 * @param facts prefix of the run that folded the facts; only for {@link Feed#ACTIVITY}
 * @param prefix of this run's topics, its group and its application
 * @param state directory for what it keeps
 * @param warmUp records of the feed that are read first and not measured
 * @param threads that process
 * @param commitMillis between two commits
 * @param format names of a VPC flow line's fields
 */
record Job(
    Subject subject,
    String servers,
    String registry,
    String topic,
    String facts,
    String prefix,
    String state,
    long warmUp,
    int threads,
    int commitMillis,
    String format) {

  List<String> toArguments() {
    return List.of(
        subject.name(),
        servers,
        registry,
        topic,
        facts,
        prefix,
        state,
        Long.toString(warmUp),
        Integer.toString(threads),
        Integer.toString(commitMillis),
        format);
  }

  static Job of(String[] arguments) {
    List<String> given = new ArrayList<>(List.of(arguments));
    return new Job(
        Subject.named(given.get(0)).orElseThrow(),
        given.get(1),
        given.get(2),
        given.get(3),
        given.get(4),
        given.get(5),
        given.get(6),
        Long.parseLong(given.get(7)),
        Integer.parseInt(given.get(8)),
        Integer.parseInt(given.get(9)),
        given.get(10));
  }
}
