package io.tidemark.schemas.registry;

import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/** How the subject of a record's schema is named: Confluent's three strategies. */
enum SubjectNaming {
  TOPIC,
  RECORD,
  TOPIC_RECORD;

  private static final String PACKAGE = "io.confluent.kafka.serializers.subject.";
  private static final String KNOWN =
      "TopicNameStrategy, RecordNameStrategy and TopicRecordNameStrategy, with or without "
          + PACKAGE
          + " before them, and Topic, Record and TopicRecord";

  /**
   * The strategy for a setting's value: Confluent's class name with or without its package, or the
   * short names Topic, Record and TopicRecord.
   */
  static SubjectNaming of(String setting, String value) {
    String name = value.startsWith(PACKAGE) ? value.substring(PACKAGE.length()) : value;
    return switch (name) {
      case "TopicNameStrategy", "Topic" -> TOPIC;
      case "RecordNameStrategy", "Record" -> RECORD;
      case "TopicRecordNameStrategy", "TopicRecord" -> TOPIC_RECORD;
      default -> throw new ConfigException(setting, value, "known are " + KNOWN);
    };
  }

  String subject(String topic, boolean isKey, Schema schema) {
    return switch (this) {
      case TOPIC -> topic + (isKey ? "-key" : "-value");
      case RECORD -> schema.getFullName();
      case TOPIC_RECORD -> topic + "-" + schema.getFullName();
    };
  }
}
