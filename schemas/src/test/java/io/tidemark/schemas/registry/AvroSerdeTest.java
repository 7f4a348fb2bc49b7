package io.tidemark.schemas.registry;

import static io.tidemark.schemas.registry.TestSchemas.READING;
import static io.tidemark.schemas.registry.TestSchemas.READING_2;
import static io.tidemark.schemas.registry.TestSchemas.READING_BROKEN;
import static io.tidemark.schemas.registry.TestSchemas.reading;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroSerdeTest {

  /** reading("x", 1) in Avro: a string of one byte, a long, both zigzag. */
  private static final byte[] READING_X_1 = {2, 'x', 2};

  private final MockSchemaRegistry registry = new MockSchemaRegistry();
  private final RegistryServer server = new RegistryServer();

  @AfterEach
  void close() {
    server.close();
  }

  private AvroSerde<GenericRecord> serde(Map<String, ?> settings) {
    AvroSerde<GenericRecord> serde = new AvroSerde<>(registry);
    serde.configure(settings, false);
    return serde;
  }

  private static byte[] framed(int id, byte... avro) {
    byte[] bytes = new byte[5 + avro.length];
    bytes[4] = (byte) id;
    System.arraycopy(avro, 0, bytes, 5, avro.length);
    return bytes;
  }

  @Test
  void aRecordIsFramedAsConfluentDoesIt() {
    AvroSerde<GenericRecord> serde = serde(Map.of());

    byte[] bytes = serde.serialize("t", reading("x", 1));

    assertArrayEquals(framed(1, READING_X_1), bytes);
    assertEquals(READING, registry.latest("t-value").orElseThrow().schema());
    assertEquals(reading("x", 1), serde.deserialize("t", bytes));
  }

  @Test
  void nullStandsForNull() {
    AvroSerde<GenericRecord> serde = serde(Map.of());

    assertNull(serde.serialize("t", null));
    assertNull(serde.deserialize("t", null));
  }

  @Test
  void kafkaCanMakeItFromItsNameAndTwoOfAScopeMeet() throws Exception {
    Map<String, String> settings = Map.of("schema.registry.url", "mock://meeting");

    @SuppressWarnings("unchecked")
    Serde<GenericRecord> writing =
        (Serde<GenericRecord>)
            Utils.newInstance("io.tidemark.schemas.registry.AvroSerde", Serde.class);
    writing.configure(settings, false);
    AvroSerde<GenericRecord> reading = new AvroSerde<>();
    reading.configure(settings, false);
    byte[] bytes = writing.serializer().serialize("t", reading("x", 1));

    assertEquals(reading("x", 1), reading.deserializer().deserialize("t", bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "io.confluent.kafka.serializers.subject.TopicNameStrategy, t-value",
    "TopicNameStrategy, t-value",
    "Topic, t-value",
    "io.confluent.kafka.serializers.subject.RecordNameStrategy, test.Reading",
    "Record, test.Reading",
    "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy, t-test.Reading",
    "TopicRecord, t-test.Reading"
  })
  void theSubjectIsNamedByItsStrategy(String strategy, String subject) {
    serde(Map.of("value.subject.name.strategy", strategy)).serialize("t", reading("x", 1));

    assertTrue(registry.latest(subject).isPresent());
  }

  @Test
  void aKeyHasASubjectOfItsOwn() {
    AvroSerde<GenericRecord> serde = new AvroSerde<>(registry);
    serde.configure(Map.of("value.subject.name.strategy", "Record"), true);

    serde.serialize("t", reading("x", 1));

    assertTrue(registry.latest("t-key").isPresent());
  }

  @Test
  void withoutRegistrationAnUnknownSchemaIsRefusedAndAKnownOneUsed() {
    AvroSerde<GenericRecord> serde = serde(Map.of("auto.register.schemas", "false"));

    RegistryRejectedException e =
        assertThrows(RegistryRejectedException.class, () -> serde.serialize("t", reading("x", 1)));
    registry.register("t-value", READING);

    assertTrue(e.getMessage().contains("Subject t-value"), e.getMessage());
    assertArrayEquals(framed(1, READING_X_1), serde.serialize("t", reading("x", 1)));
  }

  @Test
  void withTheLatestVersionARecordIsResolvedIntoItsFields() {
    registry.register("t-value", READING);
    registry.register("t-value", READING_2);
    AvroSerde<GenericRecord> serde =
        serde(Map.of("auto.register.schemas", false, "use.latest.version", true));

    byte[] bytes = serde.serialize("t", reading("x", 1));

    assertArrayEquals(framed(2, new byte[] {2, 4, 'c', 'm', 2, 'x'}), bytes);
  }

  @Test
  void withTheLatestVersionARecordThatDoesNotFitIsBad() {
    registry.register("t-value", READING_BROKEN);
    AvroSerde<GenericRecord> serde =
        serde(Map.of("auto.register.schemas", false, "use.latest.version", true));

    assertThrows(SerializationException.class, () -> serde.serialize("t", reading("x", 1)));
  }

  @Test
  void aRecordThatIsNotOfItsSchemaIsBad() {
    GenericRecord incomplete = new GenericData.Record(READING);
    incomplete.put("place", 3);

    SerializationException e =
        assertThrows(
            SerializationException.class, () -> serde(Map.of()).serialize("t", incomplete));

    assertTrue(e.getMessage().startsWith("Not a valid test.Reading"), e.getMessage());
  }

  @Test
  void anIdInAHeaderLeavesThePayloadToAvro() {
    registry.register("t-value", READING);
    RecordHeaders headers = new RecordHeaders();
    headers.add("__value_schema_id", new byte[] {0, 0, 0, 0, 1});

    GenericRecord record = serde(Map.of()).deserialize("t", headers, READING_X_1);

    assertEquals(reading("x", 1), record);
  }

  @Test
  void aGuidIsRecognisedAndRefused() {
    RecordHeaders headers = new RecordHeaders();
    byte[] guid = new byte[17];
    guid[0] = 1;
    headers.add("__value_schema_id", guid);
    AvroSerde<GenericRecord> serde = serde(Map.of());

    assertBad("GUID", () -> serde.deserialize("t", headers, READING_X_1));
    assertBad("GUID", () -> serde.deserialize("t", guid));
  }

  @Test
  void whatIsNotARecordIsBadWithTopicAndReason() {
    registry.register("t-value", READING);
    AvroSerde<GenericRecord> serde = serde(Map.of());

    assertBad("the payload is empty", () -> serde.deserialize("t", new byte[0]));
    assertBad("begins with 123", () -> serde.deserialize("t", new byte[] {'{', '"', 'a', 1, 2}));
    assertBad("has 4 bytes", () -> serde.deserialize("t", new byte[4]));
    assertBad("impossible", () -> serde.deserialize("t", new byte[] {0, -1, 0, 0, 0}));
    assertBad("no schema with id 9", () -> serde.deserialize("t", framed(9, READING_X_1)));
    assertBad("0 bytes are not", () -> serde.deserialize("t", framed(1)));
    assertBad("2 bytes are not", () -> serde.deserialize("t", framed(1, (byte) 2, (byte) 'x')));
    byte[] longer = Arrays.copyOf(framed(1, READING_X_1), 10);
    assertBad("2 bytes follow", () -> serde.deserialize("t", longer));
  }

  @Test
  void aRegistryThatIsAwayDoesNotMakeARecordBad() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("schema.registry.url", server.url());
    settings.put("max.retries", 0);
    AvroSerde<GenericRecord> serde = new AvroSerde<>();
    serde.configure(settings, false);
    server.schemas.register("t-value", READING);
    server.answering(503, "");

    assertThrows(
        RegistryUnavailableException.class, () -> serde.deserialize("t", framed(1, READING_X_1)));

    assertEquals(reading("x", 1), serde.deserialize("t", framed(1, READING_X_1)));
  }

  @Test
  void settingsThatCannotBeUsedAreNamed() {
    assertSetting("schema.registry.url", () -> new AvroSerde<>().configure(Map.of(), false));
    assertSetting("auto.register.schemas", () -> serde(Map.of("auto.register.schemas", "yes")));
    assertSetting(
        "value.subject.name.strategy", () -> serde(Map.of("value.subject.name.strategy", "Own")));
    assertSetting(
        "latest.compatibility.strict", () -> serde(Map.of("latest.compatibility.strict", false)));
    assertSetting(
        "specific.avro.value.type",
        () -> serde(Map.of("specific.avro.value.type", "java.lang.String")));
  }

  private static void assertSetting(String name, Executable code) {
    ConfigException e = assertThrows(ConfigException.class, code);
    assertTrue(e.getMessage().contains(name), e.getMessage());
  }

  private static void assertBad(String reason, Executable code) {
    SerializationException e = assertThrows(SerializationException.class, code);
    assertTrue(e.getMessage().startsWith("Topic t: "), e.getMessage());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }
}
