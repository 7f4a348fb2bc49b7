package io.tidemark.schemas.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hostile record can cost, with none of Avro's system properties set. */
class BoundedDecodingTest {

  private static Schema holding(String type) {
    return TestSchemas.parse(
        """
        {"type": "record", "name": "Holder", "fields": [{"name": "f", "type": %s}]}"""
            .formatted(type));
  }

  private static RecordReader<GenericRecord> reader(Schema writer, Schema reader) {
    return RecordReader.of(1, writer, new GenericDatumReader<>(writer, reader));
  }

  private static byte[] claiming(long length) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    encoder.writeLong(length);
    encoder.writeLong(0);
    encoder.flush();
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"string\"",
        "\"bytes\"",
        "{\"type\":\"array\",\"items\":\"long\"}",
        "{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":\"string\"}}",
        "{\"type\":\"map\",\"values\":\"int\"}"
      })
  void aLengthBeyondTheRecordFailsWithoutAllocatingIt(String type) throws IOException {
    Schema schema = holding(type);
    RecordReader<GenericRecord> same = reader(schema, schema);
    RecordReader<GenericRecord> skipping = reader(schema, holding0());
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    for (long length : new long[] {100, 200_000_000, Integer.MAX_VALUE, Long.MAX_VALUE / 2, -9}) {
      byte[] bytes = claiming(length);
      long before = threads.getCurrentThreadAllocatedBytes();
      assertThrows(SerializationException.class, () -> same.read(bytes, 0), type + length);
      assertThrows(SerializationException.class, () -> skipping.read(bytes, 0), type + length);
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertTrue(allocated < 5_000_000, type + " of " + length + " allocated " + allocated);
    }
  }

  /** A reader without the field, so that it is skipped. */
  private static Schema holding0() {
    return TestSchemas.parse("{\"type\":\"record\",\"name\":\"Holder\",\"fields\":[]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"array\",\"items\":\"null\"}",
        "[\"null\",{\"type\":\"map\",\"values\":{\"type\":\"array\",\"items\":\"null\"}}]",
        "{\"type\":\"array\",\"items\":{\"type\":\"fixed\",\"name\":\"F\",\"size\":0}}",
        "{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"R\",\"fields\":"
            + "[{\"name\":\"n\",\"type\":\"null\"}]}}"
      })
  void anArrayThatNoBytesBoundIsRefusedWithItsSchema(String type) {
    Schema schema = holding(type);

    SerializationException e =
        assertThrows(SerializationException.class, () -> reader(schema, schema));

    assertTrue(e.getMessage().contains("Schema id 1 has an array"), e.getMessage());
  }

  @Test
  void aRecursiveSchemaIsNotTakenForOne() {
    Schema list =
        TestSchemas.parse(
            """
            {"type": "record", "name": "Node", "fields": [
              {"name": "children", "type": {"type": "array", "items": "Node"}}]}""");

    GenericRecord leaf = reader(list, list).read(new byte[] {0}, 0);

    assertEquals(0, ((List<?>) leaf.get("children")).size());
  }

  @Test
  void aRecordThatNestsAsDeepAsItIsLongIsBad() {
    Schema chain =
        TestSchemas.parse(
            """
            {"type": "record", "name": "Link", "fields": [
              {"name": "next", "type": ["null", "Link"]}]}""");
    byte[] deep = new byte[1_000_000];
    Arrays.fill(deep, (byte) 2);

    SerializationException e =
        assertThrows(SerializationException.class, () -> reader(chain, chain).read(deep, 0));

    assertTrue(e.getMessage().contains("StackOverflowError"), e.getMessage());
  }

  @Test
  void randomBytesAreEitherARecordOrBadAndNothingElse() {
    long seed = 20260101;
    Random random = new Random(seed);
    Schema schema =
        holding(
            """
            {"type": "array", "items": {"type": "record", "name": "Item", "fields": [
              {"name": "a", "type": ["null", "string", "bytes", {"type": "map", "values": "double"}]},
              {"name": "b", "type": {"type": "enum", "name": "E", "symbols": ["X", "Y"]}},
              {"name": "c", "type": {"type": "fixed", "name": "F", "size": 3}}]}}""");
    RecordReader<GenericRecord> reader = reader(schema, schema);
    int bad = 0;

    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      try {
        reader.read(bytes, 0);
      } catch (SerializationException e) {
        bad++;
      }
    }

    assertTrue(bad > 19_000, "seed " + seed + ": only " + bad + " refused");
  }
}
