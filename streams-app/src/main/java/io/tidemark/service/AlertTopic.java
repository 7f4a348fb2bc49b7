package io.tidemark.service;

import io.tidemark.config.Config;
import io.tidemark.history.AlertHistory;
import org.apache.kafka.common.serialization.Serde;

/** The alerts that a topic holds now, read with the configured serde. */
public final class AlertTopic {

  private AlertTopic() {}

  /**
   * Reads to the end that the topic has at the call.
   *
   * @param topic its name
   * @throws io.tidemark.config.ConfigException if the serde cannot be used
   * @throws io.tidemark.history.HistoryException if there is no such topic, or Kafka or the
   *     registry does not answer
   */
  public static AlertHistory read(Config config, String topic) throws InterruptedException {
    try (Serde<io.tidemark.schemas.Alert> serde =
        new Serdes(config.serde()).values(io.tidemark.schemas.Alert.class)) {
      return AlertHistory.read(config.kafka(), topic, serde.deserializer(), record -> true);
    }
  }
}
