package io.tidemark.schemas.registry;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Confluent's framing: a zero byte, the schema id (4 bytes, big endian), Avro's binary form. The
 * five bytes may also ride in a record header, and the payload is then Avro alone. The newer
 * framing by GUID (magic 1 and 16 bytes) is recognised and refused.
 *
 * @param id the schema the record was written with, not negative
 * @param offset where Avro's binary form begins in the payload
 */
record WireFormat(int id, int offset) {

  private static final int MAGIC_ID = 0;
  private static final int MAGIC_GUID = 1;
  private static final int HEADER_BYTES = 5;

  static WireFormat read(Headers headers, boolean isKey, byte[] payload) {
    String name = isKey ? "__key_schema_id" : "__value_schema_id";
    Header header = headers.lastHeader(name);
    if (header != null && header.value() != null) {
      return new WireFormat(id(header.value(), "header " + name), 0);
    }
    return new WireFormat(id(payload, "payload"), HEADER_BYTES);
  }

  static void write(int id, ByteArrayOutputStream out) {
    out.write(MAGIC_ID);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
  }

  private static int id(byte[] bytes, String where) {
    if (bytes.length == 0) {
      throw new SerializationException("no schema id: the " + where + " is empty");
    }
    if (bytes[0] == MAGIC_GUID) {
      throw new SerializationException(
          "the " + where + " names its schema by GUID (magic byte 1), which is not supported");
    }
    if (bytes[0] != MAGIC_ID) {
      throw new SerializationException(
          "the " + where + " begins with " + (bytes[0] & 0xFF) + " and not with the magic byte 0");
    }
    if (bytes.length < HEADER_BYTES) {
      throw new SerializationException(
          "the " + where + " has " + bytes.length + " bytes and no room for a schema id");
    }
    int id = ByteBuffer.wrap(bytes).getInt(1);
    if (id < 0) {
      throw new SerializationException("the " + where + " has the impossible schema id " + id);
    }
    return id;
  }
}
