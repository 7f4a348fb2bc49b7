package io.tidemark.cli;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.Printable;
import io.tidemark.config.Config;
import io.tidemark.config.Topic;
import io.tidemark.history.AlertHistory;
import io.tidemark.service.AlertTopic;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Alerts that were written before: to a file, or to a topic. */
final class AlertInput {

  /** The configured alert topic. */
  static final String LIVE = "live";

  static final String TOPIC = "topic:";

  private AlertInput() {}

  /** Whether this names a topic, else it names a file. */
  static boolean isTopic(String name) {
    return name.equals(LIVE) || name.startsWith(TOPIC);
  }

  /**
   * The lines of alert JSON of a file; empty lines are passed over.
   *
   * @param file a path, or {@link LineReader#STANDARD_INPUT}; gzip is told by its first bytes
   * @throws CommandException naming file, line and reason if a line is no alert
   */
  static List<Alert> file(String file, InputStream standardInput) throws IOException {
    List<Alert> alerts = new ArrayList<>();
    try (LineReader lines = LineReader.open(file, standardInput)) {
      long number = 0;
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        number++;
        String text = new String(line, StandardCharsets.UTF_8);
        if (text.isBlank()) {
          continue;
        }
        try {
          alerts.add(AlertJson.read(text));
        } catch (IllegalArgumentException e) {
          throw new CommandException(
              ExitCode.DATA,
              (file.equals(LineReader.STANDARD_INPUT) ? "standard input" : file)
                  + " line "
                  + number
                  + " is no alert: "
                  + Printable.of(String.valueOf(e.getMessage())),
              e);
        }
      }
    }
    return alerts;
  }

  /**
   * What a topic holds now, each alert as it was told last.
   *
   * @param name {@link #LIVE}, or {@link #TOPIC} and a name
   * @throws io.tidemark.history.HistoryException if it cannot be read
   */
  static AlertHistory topic(String name, Config config) throws InterruptedException {
    return AlertTopic.read(
        config, name.equals(LIVE) ? config.topic(Topic.ALERTS) : name.substring(TOPIC.length()));
  }
}
