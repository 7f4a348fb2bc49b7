package io.tidemark.flow;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Retina's additions to a Hubble flow: a protobuf Struct under {@code value}, in older releases a
 * message of its own without that level. Free-form, so nothing in it is an error.
 */
final class RetinaExtensions {

  private static final int MAX_REASON = 64;

  private boolean present;
  private long bytes;
  private long previousBytes;
  private long previousPackets;
  private String dropReason;

  RetinaExtensions() {
    reset();
  }

  void reset() {
    present = false;
    bytes = -1;
    previousBytes = -1;
    previousPackets = -1;
    dropReason = null;
  }

  boolean isPresent() {
    return present;
  }

  String dropReason() {
    return dropReason;
  }

  void read(JsonParser p) throws IOException {
    readLevel(p, true);
  }

  private void readLevel(JsonParser p, boolean outer) throws IOException {
    if (p.currentToken() != JsonToken.START_OBJECT) {
      p.skipChildren();
      return;
    }
    present = true;
    for (String field; (field = p.nextFieldName()) != null; ) {
      p.nextToken();
      switch (field) {
        case "bytes" -> bytes = JsonFields.lenientCount(p);
        case "previously_observed_bytes" -> previousBytes = JsonFields.lenientCount(p);
        case "previously_observed_packets" -> previousPackets = JsonFields.lenientCount(p);
        case "drop_reason" -> {
          if (p.currentToken() == JsonToken.VALUE_STRING && p.getTextLength() <= MAX_REASON) {
            dropReason = p.getText();
          }
        }
        case "value" -> {
          if (outer) {
            readLevel(p, false);
            continue;
          }
        }
        default -> {
          // Zones, TCP ids, DNS types: nothing that a flow holds.
        }
      }
      p.skipChildren();
    }
  }

  /** Bytes of this packet and of those that sampling passed over before it, -1 when unknown. */
  long bytes() {
    return bytes < 0 && previousBytes < 0 ? -1 : Math.max(bytes, 0) + Math.max(previousBytes, 0);
  }

  /** Packets likewise. */
  long packets() {
    return previousPackets < 0 ? -1 : previousPackets + 1;
  }
}
