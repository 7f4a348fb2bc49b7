package io.tidemark.load;

import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The reference job's values as a few bytes: no one can say that its JSON was what made it slow.
 */
final class Packed {

  private static final int OBSERVED = Long.BYTES + Long.BYTES + 1;
  private static final int TOTALS = 3 * Long.BYTES;

  private Packed() {}

  /** Without the workload, which is the record's key. */
  static Serde<Observed> observed() {
    Serializer<Observed> to =
        (topic, value) ->
            value == null
                ? null
                : ByteBuffer.allocate(OBSERVED)
                    .putLong(value.time())
                    .putLong(value.bytes())
                    .put((byte) (value.dropped() ? 1 : 0))
                    .array();
    Deserializer<Observed> from =
        (topic, data) -> {
          if (data == null) {
            return null;
          }
          ByteBuffer bytes = ByteBuffer.wrap(data);
          return new Observed("", bytes.getLong(), bytes.getLong(), bytes.get() == 1);
        };
    return Serdes.serdeFrom(to, from);
  }

  static Serde<Totals> totals() {
    return Serdes.serdeFrom(
        (topic, value) -> value == null ? null : toBytes(value),
        (topic, data) -> {
          if (data == null) {
            return null;
          }
          ByteBuffer bytes = ByteBuffer.wrap(data);
          return new Totals(bytes.getLong(), bytes.getLong(), bytes.getLong());
        });
  }

  static byte[] toBytes(Totals totals) {
    return ByteBuffer.allocate(TOTALS)
        .putLong(totals.lines())
        .putLong(totals.bytes())
        .putLong(totals.dropped())
        .array();
  }
}
