package io.tidemark.schemas.registry;

import static io.tidemark.schemas.registry.TestSchemas.READING;
import static io.tidemark.schemas.registry.TestSchemas.READING_2;
import static io.tidemark.schemas.registry.TestSchemas.READING_BROKEN;
import static io.tidemark.schemas.registry.TestSchemas.reading;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.schemas.Alert;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.formats.avro.registry.confluent.ConfluentSchemaRegistryCoder;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a real registry in a process of its own, through its Confluent-compatible API. */
class ApicurioRegistryTest {

  private static ApicurioProcess process;
  private static Map<String, String> settings;
  private static SchemaRegistry registry;

  @BeforeAll
  static void start() throws Exception {
    process = ApicurioProcess.start();
    settings = Map.of("schema.registry.url", process.url());
    registry = SchemaRegistry.connect(settings);
  }

  @AfterAll
  static void stop() {
    if (process != null) {
      process.close();
    }
  }

  private static AvroSerde<GenericRecord> serde() {
    AvroSerde<GenericRecord> serde = new AvroSerde<>();
    serde.configure(settings, false);
    return serde;
  }

  @Test
  void aSchemaIsRegisteredAndFoundEveryWay() {
    int id = registry.register("found-value", READING);

    SchemaRegistry fresh = SchemaRegistry.connect(settings);
    RegisteredSchema expected = new RegisteredSchema("found-value", 1, id, READING);
    assertEquals(READING, fresh.schemaById(id));
    assertEquals(Optional.of(expected), fresh.lookUp("found-value", READING));
    assertEquals(Optional.of(expected), fresh.latest("found-value"));
    assertEquals(id, fresh.register("found-value", READING));
    assertEquals(Optional.empty(), fresh.lookUp("found-value", READING_2));
    assertEquals(Optional.empty(), fresh.latest("never-value"));
  }

  @Test
  void anUnknownIdIsABadRecord() {
    assertThrows(SerializationException.class, () -> registry.schemaById(123_456_789));
  }

  @Test
  void anIncompatibleSchemaIsRefused() {
    registry.register("broken-value", READING);
    registry.setCompatibility("broken-value", Compatibility.FULL_TRANSITIVE);

    RegistryRejectedException e =
        assertThrows(
            RegistryRejectedException.class,
            () -> registry.register("broken-value", READING_BROKEN));

    assertEquals(409, e.status());
    assertFalse(registry.isCompatible("broken-value", READING_BROKEN));
  }

  @Test
  void aCompatibleSchemaBecomesTheLatestVersion() {
    registry.register("next-value", READING);
    registry.setCompatibility("next-value", Compatibility.BACKWARD);

    boolean compatible = registry.isCompatible("next-value", READING_2);
    registry.register("next-value", READING_2);

    assertTrue(compatible);
    assertEquals(2, registry.latest("next-value").orElseThrow().version());
  }

  @Test
  void aSubjectMayHoldCharactersThatPathsCannot() {
    int id = registry.register("a/b c-value", READING);

    assertEquals(id, registry.latest("a/b c-value").orElseThrow().id());
  }

  @Test
  void aRecordIsReadByAnotherSerdeAndByConfluentsClient() throws Exception {
    byte[] bytes = serde().serialize("trip", reading("North Pier", 12));

    assertEquals(reading("North Pier", 12), serde().deserialize("trip", bytes));
    CachedSchemaRegistryClient theirs = new CachedSchemaRegistryClient(process.url(), 10);
    assertEquals(
        READING.toString(),
        new ConfluentSchemaRegistryCoder(theirs)
            .readSchema(new ByteArrayInputStream(bytes))
            .toString());
  }

  @Test
  void anAlertMakesTheTripUnderTheStrictestRule() {
    Map<String, Object> specific = new HashMap<>(settings);
    specific.put("specific.avro.reader", "true");
    AvroSerde<Alert> writing = new AvroSerde<>();
    AvroSerde<Alert> reading = new AvroSerde<>();
    writing.configure(specific, false);
    reading.configure(specific, false);
    registry.setCompatibility("alerts-value", Compatibility.FULL_TRANSITIVE);

    byte[] bytes = writing.serialize("alerts", GeneratedClassesTest.alert());

    assertEquals(GeneratedClassesTest.alert(), reading.deserialize("alerts", bytes));
    assertTrue(registry.isCompatible("alerts-value", Alert.getClassSchema()));
  }

  @Test
  void aPathThatIsNotTheRegistrysIsNotTakenForAnUnknownSchema() {
    String elsewhere = process.url().replace("/ccompat/v7", "/nowhere");
    SchemaRegistry wrong = SchemaRegistry.connect(Map.of("schema.registry.url", elsewhere));

    assertThrows(RegistryRejectedException.class, () -> wrong.schemaById(1));
  }
}
