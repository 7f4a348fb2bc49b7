package io.tidemark.cli;

import io.tidemark.config.Config;
import io.tidemark.control.Control;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that judge a history again, from Kafka or from files; a mixin. */
public final class HistoryOptions {

  @Mixin private KafkaOptions kafka;
  @Mixin private ControlOption control;

  @Option(
      names = "--workloads",
      paramLabel = "FILE",
      description = "With files: who has which address, as observe takes it.")
  private Path workloads;

  KafkaOptions kafka() {
    return kafka;
  }

  ControlOption control() {
    return control;
  }

  /** A history that is in files. */
  HistoryFiles files(Shell shell, Config config, List<String> files, Control said) {
    return new HistoryFiles(shell, config, files, workloads, said);
  }
}
