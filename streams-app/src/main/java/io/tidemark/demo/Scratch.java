package io.tidemark.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory for the time of a demonstration, or a given one that stays. */
public final class Scratch implements AutoCloseable {

  private final Path path;
  private final boolean kept;

  private Scratch(Path path, boolean kept) {
    this.path = path;
    this.kept = kept;
  }

  /** One of the system's, removed with all that is in it when closed. */
  public static Scratch temporary() throws IOException {
    return new Scratch(Files.createTempDirectory("tidemark-demo-"), false);
  }

  /**
   * A given one, created if absent.
   *
   * @throws IOException also if there is something in it
   */
  public static Scratch kept(Path directory) throws IOException {
    Files.createDirectories(directory);
    try (Stream<Path> files = Files.list(directory)) {
      if (files.findAny().isPresent()) {
        throw new IOException("the directory must be empty: " + directory);
      }
    }
    return new Scratch(directory, true);
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    if (kept || !Files.exists(path)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> files = Files.walk(path)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.deleteIfExists(file);
    }
  }
}
