package io.tidemark.topology;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Writes dead letters: Kafka's own header names, everything bounded. Kafka's built-in writer
 * crashes in a loop on a record near the size limit and copies hostile timestamps; see
 * RATIONALE.md.
 */
final class DeadLetters {

  static final String TOPIC = "__streams.errors.topic";
  static final String PARTITION = "__streams.errors.partition";
  static final String OFFSET = "__streams.errors.offset";
  static final String MESSAGE = "__streams.errors.message";
  static final String EXCEPTION = "__streams.errors.exception";
  static final String REASON = "tidemark.reason";
  static final String VALUE_SHA256 = "tidemark.value.sha256";
  static final String VALUE_LENGTH = "tidemark.value.length";

  /** Longer values are cut; their SHA-256 and length tell what is missing. */
  static final int VALUE_KEPT = 64 * 1024;

  static final int KEY_KEPT = 1024;
  static final int MESSAGE_KEPT = 1024;

  private DeadLetters() {}

  /**
   * The dead letter of a record.
   *
   * @param reason short and from a closed set: a metric tag
   * @param detail for people: names the place and the value
   * @param at where the record lies
   */
  static Record<byte[], byte[]> of(
      byte[] key, byte[] value, String reason, String detail, RecordMetadata at) {
    Headers headers = new RecordHeaders();
    add(headers, REASON, reason);
    add(headers, EXCEPTION, "io.tidemark." + reason);
    add(headers, MESSAGE, detail);
    add(headers, TOPIC, at.topic());
    add(headers, PARTITION, Integer.toString(at.partition()));
    add(headers, OFFSET, Long.toString(at.offset()));
    byte[] kept = value;
    if (value != null && value.length > VALUE_KEPT) {
      kept = Arrays.copyOf(value, VALUE_KEPT);
      add(headers, VALUE_SHA256, HexFormat.of().formatHex(sha256(value)));
      add(headers, VALUE_LENGTH, Integer.toString(value.length));
    }
    byte[] keptKey = key != null && key.length > KEY_KEPT ? Arrays.copyOf(key, KEY_KEPT) : key;
    // The topic stamps the time of writing: a hostile time must not decide how long it is kept.
    return new Record<>(keptKey, kept, 0, headers);
  }

  private static void add(Headers headers, String name, String value) {
    String bounded = value == null ? "" : value;
    if (bounded.length() > MESSAGE_KEPT) {
      bounded = bounded.substring(0, MESSAGE_KEPT);
    }
    headers.add(name, bounded.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] sha256(byte[] value) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(value);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
