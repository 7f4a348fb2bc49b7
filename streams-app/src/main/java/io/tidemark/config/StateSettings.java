package io.tidemark.config;

import io.tidemark.setting.Setting;
import java.nio.file.Path;

/** Where state is kept. */
public record StateSettings(
    @Setting(
            "Directory of the state, which must outlive a restart: needed by run with rocksdb, and not"
                + " below /tmp or /var/tmp.")
        String dir,
    @Setting("rocksdb: on disk; memory: in the heap, restored from Kafka at every start.")
        StateBackend backend) {

  public StateSettings {
    Require.that(dir.indexOf('\0') < 0, "dir", "must be a path", dir);
  }

  public static StateSettings defaults() {
    return new StateSettings("", StateBackend.ROCKSDB);
  }

  /** Whether {@code dir} is swept by the system sooner or later. */
  boolean isTemporary() {
    Path path = Path.of(dir).toAbsolutePath().normalize();
    return path.startsWith("/tmp") || path.startsWith("/var/tmp");
  }
}
