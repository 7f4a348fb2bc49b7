package io.tidemark.schemas.registry;

import io.tidemark.schemas.Contracts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Avro records in Confluent's wire format: Kafka's serializer, deserializer and serde in one, to be
 * named in any Kafka client's configuration. Reads generic records, or generated classes with
 * {@code specific.avro.reader=true}; a generated class reads what any compatible schema wrote. Null
 * stands for null. Safe for threads once configured.
 *
 * <p>Throws {@link SerializationException} for a bad record and only for that, {@link
 * RegistryUnavailableException} and {@link RegistryRejectedException} where the registry is at
 * fault or refuses.
 *
 * <p>Settings, with Confluent's names, besides those of {@link RegistrySettings}: see {@link
 * SerdeSettings}.
 */
public final class AvroSerde<T extends IndexedRecord>
    implements Serde<T>, Serializer<T>, Deserializer<T> {

  static {
    Contracts.trust();
  }

  private final BoundedCache<Integer, RecordReader<T>> readers =
      new BoundedCache<>(CachedSchemaRegistry.CAPACITY);
  private final PublishedSchemas published = new PublishedSchemas();
  private SchemaRegistry registry;
  private SerdeSettings settings;

  /** For Kafka, which calls {@link #configure} before anything else. */
  public AvroSerde() {}

  /** With a registry already at hand; {@link #configure} then needs no URL. */
  public AvroSerde(SchemaRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    settings = SerdeSettings.from(configs, isKey);
    if (registry == null) {
      registry = SchemaRegistry.connect(configs);
    }
  }

  @Override
  public Serializer<T> serializer() {
    return this;
  }

  @Override
  public Deserializer<T> deserializer() {
    return this;
  }

  @Override
  public void close() {}

  @Override
  public byte[] serialize(String topic, T record) {
    if (record == null) {
      return null;
    }
    Schema schema = record.getSchema();
    if (settings().removeJavaProperties()) {
      schema = published.withoutJavaProperties(schema);
    }
    String subject = settings.naming().subject(topic, settings.isKey(), schema);
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    if (settings.autoRegister()) {
      WireFormat.write(registry.register(subject, schema), out);
      encode(record, schema, out);
    } else if (settings.useLatest()) {
      encodeAsLatest(record, schema, subject, out);
    } else {
      WireFormat.write(registered(subject, registry.lookUp(subject, schema)).id(), out);
      encode(record, schema, out);
    }
    return out.toByteArray();
  }

  /** The writer's order of fields need not be the latest's, hence the way through resolution. */
  private void encodeAsLatest(T record, Schema schema, String subject, ByteArrayOutputStream out) {
    RegisteredSchema latest = registered(subject, registry.latest(subject));
    WireFormat.write(latest.id(), out);
    if (latest.schema().equals(schema)) {
      encode(record, schema, out);
      return;
    }
    ByteArrayOutputStream own = new ByteArrayOutputStream(256);
    encode(record, schema, own);
    DatumReader<IndexedRecord> resolving = new GenericDatumReader<>(schema, latest.schema());
    encode(new RecordReader<>(resolving, subject).read(own.toByteArray(), 0), latest.schema(), out);
  }

  private static RegisteredSchema registered(String subject, Optional<RegisteredSchema> version) {
    return version.orElseThrow(
        () ->
            new RegistryRejectedException(
                404,
                "Subject "
                    + subject
                    + " does not have the record's schema; register it, or allow "
                    + SerdeSettings.AUTO_REGISTER));
  }

  private static void encode(IndexedRecord record, Schema schema, ByteArrayOutputStream out) {
    GenericData data =
        record instanceof SpecificRecord
            ? SpecificData.getForClass(record.getClass())
            : GenericData.get();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    @SuppressWarnings("unchecked")
    DatumWriter<IndexedRecord> writer = (DatumWriter<IndexedRecord>) data.createDatumWriter(schema);
    try {
      writer.write(record, encoder);
      encoder.flush();
    } catch (IOException | ClassCastException | NullPointerException | AvroRuntimeException e) {
      // What Avro throws for a value of a wrong type or null where none may be.
      throw new SerializationException(
          "Not a valid " + schema.getFullName() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public T deserialize(String topic, byte[] payload) {
    return deserialize(topic, new RecordHeaders(), payload);
  }

  @Override
  public T deserialize(String topic, Headers headers, byte[] payload) {
    if (payload == null) {
      return null;
    }
    try {
      WireFormat frame = WireFormat.read(headers, settings().isKey(), payload);
      return reader(frame.id()).read(payload, frame.offset());
    } catch (SerializationException e) {
      throw new SerializationException("Topic " + topic + ": " + e.getMessage(), e);
    }
  }

  private RecordReader<T> reader(int id) {
    RecordReader<T> known = readers.get(id);
    if (known != null) {
      return known;
    }
    Schema writer = registry.schemaById(id);
    RecordReader<T> reader = RecordReader.of(id, writer, datumReader(id, writer));
    readers.put(id, reader);
    return reader;
  }

  private DatumReader<T> datumReader(int id, Schema writer) {
    return settings
        .readerClass(id, writer)
        .<DatumReader<T>>map(
            type -> {
              SpecificData data = SpecificData.getForClass(type);
              return reader(data, writer, data.getSchema(type));
            })
        .orElseGet(() -> new GenericDatumReader<>(writer));
  }

  /** Asked of the class's own model, which may know a shorter way to its records. */
  @SuppressWarnings("unchecked")
  private DatumReader<T> reader(SpecificData data, Schema writer, Schema reader) {
    return (DatumReader<T>) data.createDatumReader(writer, reader);
  }

  private SerdeSettings settings() {
    if (settings == null) {
      throw new IllegalStateException("AvroSerde is used before configure() was called");
    }
    return settings;
  }
}
