package io.tidemark.load.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The processes that were started here. */
final class Children {

  private final Set<Process> running = ConcurrentHashMap.newKeySet();

  /**
   * Starts a process.
   *
   * @param output takes what it says on both streams; overwritten
   */
  Child start(List<String> command, Path output) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    running.add(process);
    return new Child(process, output);
  }

  /**
   * Starts a process whose results and messages are kept apart.
   *
   * @param results takes its standard output
   * @param messages takes its standard error
   */
  Child start(List<String> command, Path results, Path messages) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(results.toFile())
            .redirectError(messages.toFile())
            .start();
    running.add(process);
    return new Child(process, messages);
  }

  /** The command of a JVM like this one, with the small machine's settings. */
  static List<String> java(String heap, String classPath, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx" + heap));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath));
    return command;
  }

  /** {@code kill -9} to all, and returns when they are dead. */
  void killAll() {
    running.forEach(Process::destroyForcibly);
    running.forEach(process -> process.onExit().join());
  }
}
