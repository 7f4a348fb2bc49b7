package io.tidemark.schemas.registry;

import static io.tidemark.schemas.registry.TestSchemas.READING;
import static io.tidemark.schemas.registry.TestSchemas.reading;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.shaded.org.apache.avro.Schema;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericData;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumReader;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumWriter;
import org.apache.flink.avro.shaded.org.apache.avro.io.BinaryEncoder;
import org.apache.flink.avro.shaded.org.apache.avro.io.DecoderFactory;
import org.apache.flink.avro.shaded.org.apache.avro.io.EncoderFactory;
import org.apache.flink.formats.avro.registry.confluent.ConfluentSchemaRegistryCoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Against Confluent's own client and Flink's reader and writer of Confluent's wire format, as Flink
 * ships them under names of its own: both talk to one server, and read what the other wrote.
 */
class ConfluentClientTest {

  private final RegistryServer server = new RegistryServer();
  private final SchemaRegistryClient theirs =
      new CachedSchemaRegistryClient(
          server.url(),
          10,
          Map.of(
              "basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "ada:secret"));
  private final AvroSerde<GenericRecord> ours = new AvroSerde<>();

  ConfluentClientTest() {
    ours.configure(
        Map.of(
            "schema.registry.url", server.url(),
            "basic.auth.credentials.source", "USER_INFO",
            "basic.auth.user.info", "ada:secret"),
        false);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void theyReadWhatWeWrote() throws Exception {
    byte[] bytes = ours.serialize("t", reading("North Pier", -3));

    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    Schema schema = new ConfluentSchemaRegistryCoder(theirs).readSchema(in);
    GenericData.Record record =
        new GenericDatumReader<GenericData.Record>(schema)
            .read(null, DecoderFactory.get().directBinaryDecoder(in, null));

    assertEquals("North Pier", record.get("place").toString());
    assertEquals(-3L, record.get("level"));
    assertEquals(0, in.available());
  }

  @Test
  void weReadWhatTheyWroteAndWouldHaveWrittenTheSameBytes() throws Exception {
    Schema schema = new Schema.Parser().parse(READING.toString());
    GenericData.Record record = new GenericData.Record(schema);
    record.put("place", "North Pier");
    record.put("level", -3L);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    new ConfluentSchemaRegistryCoder("t-value", theirs).writeSchema(schema, out);
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericData.Record>(schema).write(record, encoder);
    encoder.flush();

    assertEquals(reading("North Pier", -3), ours.deserialize("t", out.toByteArray()));
    assertArrayEquals(out.toByteArray(), ours.serialize("t", reading("North Pier", -3)));
  }

  @Test
  void bothRegisterLookUpAndTestAlikeAndSendTheSameCredentials() throws Exception {
    AvroSchema schema = new AvroSchema(READING.toString());
    AvroSchema broken = new AvroSchema(TestSchemas.READING_BROKEN.toString());

    int registered = theirs.register("t-value", schema);
    byte[] bytes = ours.serialize("t", reading("x", 1));

    assertEquals(registered, bytes[4]);
    assertEquals(registered, theirs.getId("t-value", schema));
    assertEquals(registered, theirs.getLatestSchemaMetadata("t-value").getId());
    assertTrue(theirs.testCompatibility("t-value", schema));
    assertFalse(theirs.testCompatibility("t-value", broken));
    assertEquals(
        1, server.asked.stream().map(RegistryServer.Asked::authorization).distinct().count());
  }
}
