package io.tidemark.cli;

import io.tidemark.config.Config;
import io.tidemark.control.Control;
import io.tidemark.service.ControlTopic;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What operators said, for commands that judge history again; a mixin. */
final class ControlOption {

  private static final String LIVE = "live";
  private static final String NONE = "none";

  @Option(
      names = "--control",
      paramLabel = "live|none|FILE",
      defaultValue = LIVE,
      description =
          "What operators said: what the service heard, nothing, or a file as 'control list --format"
              + " json' prints it; ${DEFAULT-VALUE} if not given.")
  private String told;

  /**
   * What is to be heeded.
   *
   * @throws CommandException if a file holds something else
   */
  Control heard(Config connected, Shell shell) throws IOException, InterruptedException {
    if (!told.equals(LIVE)) {
      return recorded();
    }
    ControlTopic.Said said = ControlTopic.heard(connected);
    if (said.unreadable() > 0) {
      shell
          .err()
          .println(
              "tidemark: left out what operators said and cannot be read: " + said.unreadable());
    }
    return said.book();
  }

  /** The same where there is no Kafka, and so nothing that the service heard. */
  Control recorded() throws IOException {
    return told.equals(LIVE) || told.equals(NONE) ? Control.NONE : ControlFile.read(Path.of(told));
  }
}
