package io.tidemark.load.fault;

import io.tidemark.embedded.EmbeddedRegistry;
import java.net.URI;
import java.nio.file.Path;

/** A schema registry that can be away for a while, and comes back where and as it was. */
final class Registry implements AutoCloseable {

  private final Path file;
  private final String url;
  private EmbeddedRegistry running;

  Registry(Path file) {
    this.file = file;
    this.running = EmbeddedRegistry.start(file, 0);
    this.url = running.url();
  }

  String url() {
    return url;
  }

  /** Connections are refused from now on. */
  void down() {
    running.close();
    running = null;
  }

  void up() {
    if (running != null) {
      return;
    }
    running = EmbeddedRegistry.start(file, URI.create(url).getPort());
  }

  @Override
  public void close() {
    if (running != null) {
      running.close();
    }
  }
}
