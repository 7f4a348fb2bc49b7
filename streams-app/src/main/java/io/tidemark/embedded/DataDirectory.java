package io.tidemark.embedded;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * Where one broker keeps its data, held by a file lock for as long as it is open. Kafka has a lock
 * of its own, but takes it only after opening its metadata log.
 */
final class DataDirectory implements AutoCloseable {

  private final Path log;
  private final FileChannel lock;

  private DataDirectory(Path log, FileChannel lock) {
    this.log = log;
    this.lock = lock;
  }

  /** Creates the directory if need be, takes it, and formats it unless that has been done. */
  static DataDirectory open(Path directory) {
    Path root = directory.toAbsolutePath().normalize();
    Path log = root.resolve("log");
    if (log.toString().contains(",")) {
      throw new BrokerStartException("data directory " + root + ": Kafka allows no comma in it");
    }
    try {
      Files.createDirectories(log);
      DataDirectory taken = new DataDirectory(log, lock(root));
      try {
        taken.formatOnce();
        return taken;
      } catch (Exception e) {
        taken.close();
        throw e;
      }
    } catch (BrokerStartException e) {
      throw e;
    } catch (FileSystemException e) {
      throw new BrokerStartException("data directory " + root + " cannot be used: " + e, e);
    } catch (Exception e) {
      throw new BrokerStartException(
          "data directory " + root + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static FileChannel lock(Path root) throws IOException {
    FileChannel channel =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process: reported below like a lock held by another.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new BrokerStartException("data directory " + root + " is in use by another broker");
  }

  /**
   * The formatter writes meta.properties last and atomically, so its presence means all is there.
   */
  private void formatOnce() throws Exception {
    if (Files.exists(log.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
      return;
    }
    new Formatter()
        .setPrintStream(new PrintStream(PrintStream.nullOutputStream(), false, "UTF-8"))
        .setNodeId(BrokerSettings.NODE_ID)
        .setClusterId(Uuid.randomUuid().toString())
        .setDirectories(List.of(log.toString()))
        .setMetadataLogDirectory(log.toString())
        .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
        .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
        .run();
  }

  /** Kafka's {@code log.dirs}. */
  Path log() {
    return log;
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new BrokerStartException("data directory " + log.getParent() + " not released", e);
    }
  }
}
