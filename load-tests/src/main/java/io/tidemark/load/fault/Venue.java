package io.tidemark.load.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Cluster, registry, load and builds, made when a case first needs them. */
final class Venue implements AutoCloseable {

  private final Children children;
  private final Path directory;
  private final Stand.Options options;
  private final Path otherBuild;
  private Registry registry;
  private Brokers brokers;
  private Stand stand;

  /**
   * @param otherBuild may be {@code null}
   */
  Venue(Scratch scratch, Stand.Options options, Path otherBuild) {
    this.children = scratch.children();
    this.directory = scratch.directory();
    this.options = options;
    this.otherBuild = otherBuild;
  }

  /** For a case; one that needs no cluster gets none. */
  Stand stand(Case each) throws Exception {
    if (!each.cluster()) {
      return new Stand(Product.current(), null, null, null, null, children, directory, options);
    }
    if (stand == null) {
      stand = make();
    }
    return stand;
  }

  private Stand make() throws Exception {
    Product product = Product.current();
    Product other = otherBuild == null ? copy(product) : Product.in(otherBuild);
    registry = new Registry(directory.resolve("schemas.jsonl"));
    brokers = Brokers.begin(directory, children);
    Load load = Load.make(options.seed(), product, children, directory);
    brokers.awaitWhole();
    return new Stand(product, other, brokers, registry, load, children, directory, options);
  }

  private Product copy(Product product) throws IOException {
    return product.copied(Files.createDirectories(directory.resolve("other-build")));
  }

  /** All is there for the next case. */
  void mend() throws Exception {
    if (stand != null) {
      registry.up();
      brokers.mend();
    }
  }

  @Override
  public void close() {
    if (registry != null) {
      registry.close();
    }
    if (brokers != null) {
      brokers.close();
    }
  }
}
