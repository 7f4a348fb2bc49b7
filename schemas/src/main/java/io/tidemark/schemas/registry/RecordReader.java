package io.tidemark.schemas.registry;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Decodes the records of one writer's schema. What a damaged or hostile record can cost is bounded
 * by its own length: Avro's decoder checks lengths and counts against the bytes that are left, and
 * schemas for which it cannot are refused here.
 */
record RecordReader<T extends IndexedRecord>(DatumReader<T> reader, String description) {

  static <T extends IndexedRecord> RecordReader<T> of(
      int id, Schema writer, DatumReader<T> reader) {
    if (writer.getType() != Schema.Type.RECORD) {
      throw new SerializationException(
          "Schema id " + id + " is not a record but " + writer.getType());
    }
    if (new Widths().unbounded(writer)) {
      throw new SerializationException(
          "Schema id "
              + id
              + " has an array whose elements take no bytes, so that no record bounds its length");
    }
    return new RecordReader<>(reader, "schema id " + id + " (" + writer.getFullName() + ")");
  }

  /** The record in the bytes from the offset to the end, all of them. */
  T read(byte[] bytes, int offset) {
    int length = bytes.length - offset;
    BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, offset, length, null);
    try {
      T record = reader.read(null, decoder);
      if (!decoder.isEnd()) {
        throw new SerializationException(
            decoder.inputStream().available() + " bytes follow a record of " + description);
      }
      return record;
    } catch (SerializationException e) {
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // The overflow: a recursive schema and a record that nests as deep as it is long.
      throw new SerializationException(
          length + " bytes are not a record of " + description + ": " + reason(e), e);
    }
  }

  private static String reason(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
