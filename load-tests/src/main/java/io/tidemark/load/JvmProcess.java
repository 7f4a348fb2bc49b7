package io.tidemark.load;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that the bench has started on its own class path. What it says on standard output is read
 * line by line; the rest goes to a file, of which the end is told when it fails.
 */
public final class JvmProcess implements AutoCloseable {

  private static final int TAIL = 15;
  private static final long STOP_SECONDS = 30;

  /**
   * What the launcher gives the product, and what Kafka, Flink and RocksDB ask for on newer JVMs.
   */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+ExitOnOutOfMemoryError",
          "-Dfile.encoding=UTF-8",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.time=ALL-UNNAMED");

  private final String name;
  private final Process process;
  private final Path log;
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

  private JvmProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts one.
   *
   * @param name in messages
   * @param log is written anew
   * @param options for the JVM, such as {@code -Xmx1g}
   * @param first before everything else on the class path; empty for nothing
   */
  public static JvmProcess start(
      String name,
      Path log,
      List<String> options,
      String first,
      Class<?> main,
      List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    if (Runtime.version().feature() >= 24) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(options);
    command.add("-cp");
    String path = System.getProperty("java.class.path");
    command.add(first.isEmpty() ? path : first + File.pathSeparator + path);
    command.add(main.getName());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.to(log.toFile())).start();
    JvmProcess started = new JvmProcess(name, process, log);
    Thread reader = new Thread(started::read, "output of " + name);
    reader.setDaemon(true);
    reader.start();
    return started;
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
      }
    } catch (IOException e) {
      // It has ended; whoever waits for a line is told so.
    }
  }

  /**
   * The next line that begins with a word.
   *
   * @throws BenchException if it ends, or says nothing of the kind in time
   */
  public String await(String word, long seconds) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < deadline) {
      String line = said.poll(100, TimeUnit.MILLISECONDS);
      if (line == null) {
        check();
      } else if (line.startsWith(word)) {
        return line;
      }
    }
    throw failed("did not say '" + word + "' within " + seconds + " s");
  }

  /**
   * Fails unless it runs.
   *
   * @throws BenchException with the end of its log
   */
  public void check() {
    if (!process.isAlive()) {
      throw failed("ended with exit code " + process.exitValue());
    }
  }

  /** Processor time since its start, seconds: all threads, also those of the JVM itself. */
  public double cpuSeconds() {
    return process
        .info()
        .totalCpuDuration()
        .map(spent -> spent.toNanos() / 1e9)
        .orElseThrow(() -> failed("has no processor time that could be read"));
  }

  /** Says a line on its standard input. */
  public void tell(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  public BenchException failed(String what) {
    return new BenchException(name + " " + what + tail());
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      String end =
          String.join("\n  | ", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
      return end.isEmpty() ? "" : ":\n  | " + end;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it in good order, so that a recording is written; without grace if that takes long. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
