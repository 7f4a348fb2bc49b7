package io.tidemark.load.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A process that was started here, and what it said. */
final class Child {

  private final Process process;
  private final Path output;

  Child(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  boolean alive() {
    return process.isAlive();
  }

  /** {@code kill -9}, and waits until it is dead. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** SIGTERM, and no waiting. */
  void terminate() {
    process.destroy();
  }

  /** SIGSTOP: it does nothing more, and its connections stay. */
  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** SIGCONT. */
  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (code != 0) {
      throw new IOException("kill -" + name + " " + process.pid() + " ended with " + code);
    }
  }

  /** The exit code; empty if it does not end within the time. */
  OptionalInt await(Duration atMost) throws InterruptedException {
    return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)
        ? OptionalInt.of(process.exitValue())
        : OptionalInt.empty();
  }

  String said() {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
