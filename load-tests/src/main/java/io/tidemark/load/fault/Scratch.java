package io.tidemark.load.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Processes and files of a run. Neither outlives it, however it ends, unless it is killed. */
final class Scratch implements AutoCloseable {

  private final Path directory;
  private final boolean keep;
  private final Children children = new Children();
  private final Thread atEnd = new Thread(this::clear, "clear-scratch");

  private Scratch(Path directory, boolean keep) {
    this.directory = directory;
    this.keep = keep;
    Runtime.getRuntime().addShutdownHook(atEnd);
  }

  /**
   * A new directory.
   *
   * @param keep whether it is left there in the end
   */
  static Scratch in(Path parent, boolean keep) throws IOException {
    return new Scratch(
        Files.createTempDirectory(parent.toAbsolutePath(), ".tidemark-fault-test"), keep);
  }

  Path directory() {
    return directory;
  }

  Children children() {
    return children;
  }

  private void clear() {
    children.killAll();
    if (keep) {
      System.err.println("left in " + directory);
      return;
    }
    try {
      delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A directory and all below it. */
  static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atEnd);
    clear();
  }
}
