package io.tidemark.cli;

import io.tidemark.config.ConfigLoader;
import io.tidemark.config.LoadedConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of every command that needs a configuration; a mixin. */
public final class ConfigOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "YAML configuration; without it, the defaults.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override one key, such as windows.length=30s; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  /**
   * The configuration that the options ask for.
   *
   * @throws io.tidemark.config.ConfigException with every problem found
   */
  public LoadedConfig load(Shell shell) {
    return ConfigLoader.load(file, overrides, shell.environment());
  }

  /** What --set gives, as written. */
  List<String> overrides() {
    return overrides;
  }

  /**
   * The configuration that the options ask for, over a command's own settings.
   *
   * @param own settings of the form {@code key.path=value}; they win over the file, and --set over
   *     them
   * @throws io.tidemark.config.ConfigException with every problem found
   */
  LoadedConfig load(Shell shell, List<String> own) {
    List<String> all = new ArrayList<>(own);
    all.addAll(overrides);
    return ConfigLoader.load(file, all, shell.environment());
  }
}
