package io.tidemark.history;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Client properties of somebody who only looks, over what the user set. */
final class Connection {

  private static final String LARGEST_RECORD = Integer.toString(8 << 20);

  private Connection() {}

  static Map<String, Object> admin(Map<String, String> kafka) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "30000");
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
    properties.putAll(kafka);
    return properties;
  }

  /** Without a group, and only what is committed. */
  static Map<String, Object> consumer(Map<String, String> kafka) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, LARGEST_RECORD);
    properties.putAll(kafka);
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    properties.remove(ConsumerConfig.GROUP_PROTOCOL_CONFIG);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    // What is no longer there must not be skipped in silence.
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    return properties;
  }

  static HistoryException unavailable(Throwable thrown) {
    Throwable cause = thrown;
    for (int deep = 0; cause.getCause() != null && deep < 32; deep++) {
      cause = cause.getCause();
    }
    return new HistoryException(
        HistoryException.Reason.UNAVAILABLE,
        "Kafka: "
            + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()),
        thrown);
  }
}
