package io.tidemark.alert;

import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The id of an alert: a hash of what it is about, the same in every run and in every shell. */
public final class AlertId {

  /** Characters of an id: half of a SHA-256, 128 bits. */
  public static final int LENGTH = 32;

  private AlertId() {}

  /**
   * First half of the SHA-256 over the parts in this order, in lower-case hex. Every text is
   * preceded by the count of its UTF-8 bytes, so that no two lists of parts give the same input.
   * The workload's kind is no part of it: it may become known only while an episode lasts.
   *
   * @param start start of the episode's first window, milliseconds since the epoch
   */
  public static String of(
      String detector,
      Workload workload,
      Source source,
      String subjectKind,
      String subject,
      long start) {
    MessageDigest digest = sha256();
    for (String part : new String[] {detector, workload.key(), source.id(), subjectKind, subject}) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      digest.update(bytes);
    }
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(start).array());
    return HexFormat.of().formatHex(digest.digest(), 0, LENGTH / 2);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
