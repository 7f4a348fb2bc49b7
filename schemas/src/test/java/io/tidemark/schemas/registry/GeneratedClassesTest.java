package io.tidemark.schemas.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.schemas.Alert;
import io.tidemark.schemas.AlertSeverity;
import io.tidemark.schemas.AlertStatus;
import io.tidemark.schemas.Contracts;
import io.tidemark.schemas.Evidence;
import io.tidemark.schemas.Measure;
import io.tidemark.schemas.RecordRange;
import io.tidemark.schemas.Technique;
import io.tidemark.schemas.Workload;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The serde with classes that Avro generated, across versions of their schemas. */
class GeneratedClassesTest {

  private final MockSchemaRegistry registry = new MockSchemaRegistry();

  @BeforeAll
  static void trust() {
    Contracts.trust();
  }

  private <T extends IndexedRecord> AvroSerde<T> serde(Map<String, ?> settings) {
    AvroSerde<T> serde = new AvroSerde<>(registry);
    serde.configure(settings, false);
    return serde;
  }

  static Alert alert() {
    Instant start = Instant.parse("2026-01-02T03:04:10Z");
    return Alert.newBuilder()
        .setId("00ff")
        .setDetector("new-peer")
        .setStatus(AlertStatus.OPEN)
        .setSeverity(AlertSeverity.HIGH)
        .setScore(87.5)
        .setSource("hubble")
        .setWorkload(new Workload("c", "shop", "Deployment", "cart"))
        .setWindowStart(start)
        .setWindowEnd(start.plusSeconds(10))
        .setMeasures(
            List.of(
                Measure.newBuilder()
                    .setName("connections")
                    .setObserved(40)
                    .setP95(2.5)
                    .setLearnedSince(start.minusSeconds(86_400))
                    .build()))
        .setEvidence(
            List.of(
                Evidence.newBuilder()
                    .setPeer("example.org")
                    .setPort(443)
                    .setCoordinates(List.of(new RecordRange("tidemark.raw.hubble", 2, 7L, 9L)))
                    .build()))
        .setTechnique(new Technique("T1071.004", "DNS", "Command and Control"))
        .build();
  }

  @Test
  void anAlertComesBackAsItWas() {
    AvroSerde<Alert> serde = serde(Map.of("specific.avro.reader", true));

    Alert read = serde.deserialize("tidemark.alerts", serde.serialize("tidemark.alerts", alert()));

    assertEquals(alert(), read);
    assertEquals(Instant.parse("2026-01-02T03:04:20Z"), read.getWindowEnd());
  }

  @Test
  void theClassCanBeNamedInstead() {
    AvroSerde<Alert> serde = serde(Map.of("specific.avro.value.type", Alert.class));

    assertEquals(alert(), serde.deserialize("t", serde.serialize("t", alert())));
  }

  @Test
  void withoutAClassAnAlertIsAGenericRecord() {
    AvroSerde<Alert> writing = serde(Map.of());
    AvroSerde<GenericRecord> reading = serde(Map.of());

    GenericRecord record = reading.deserialize("t", writing.serialize("t", alert()));

    assertEquals("new-peer", record.get("detector").toString());
    assertEquals(1_767_323_050_000L, record.get("windowStart"));
  }

  @Test
  void whatIsRegisteredTellsNothingOfJava() {
    AvroSerde<Alert> serde = serde(Map.of());
    AvroSerde<Alert> plain = serde(Map.of("avro.remove.java.properties", false));

    serde.serialize("t", alert());
    plain.serialize("u", alert());

    assertFalse(registry.schemaById(1).toString().contains("avro.java"));
    assertTrue(registry.schemaById(2).toString().contains("avro.java"));
  }

  @Test
  void theSchemaOfAFileServesAGeneratedClassWithoutRegistration() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("auto.register.schemas", false);
    settings.put("specific.avro.reader", true);
    registry.register("t-value", new PublishedSchemas().withoutJavaProperties(Alert.SCHEMA$));
    AvroSerde<Alert> serde = serde(settings);

    assertEquals(alert(), serde.deserialize("t", serde.serialize("t", alert())));
  }

  @Test
  void anAlertOfALaterVersionIsReadAsFarAsThisOneKnowsIt() {
    Schema later =
        TestSchemas.parse(
            """
            {"type": "record", "name": "Alert", "namespace": "io.tidemark.schemas", "fields": [
              {"name": "news", "type": "string"},
              {"name": "id", "type": "string"},
              {"name": "detector", "type": "string"},
              {"name": "status", "type": {
                "type": "enum", "name": "AlertStatus",
                "symbols": ["UNKNOWN", "SNOOZED"], "default": "UNKNOWN"}},
              {"name": "workload", "type": {"type": "record", "name": "Workload", "fields": [
                {"name": "name", "type": "string"}]}},
              {"name": "windowStart", "type": "long"},
              {"name": "windowEnd", "type": "long"}]}""");
    Schema workload = later.getField("workload").schema();
    GenericRecord written =
        new GenericRecordBuilder(later)
            .set("news", "?")
            .set("id", "1")
            .set("detector", "d")
            .set("status", new GenericData.EnumSymbol(later.getField("status").schema(), "SNOOZED"))
            .set("workload", new GenericRecordBuilder(workload).set("name", "cart").build())
            .set("windowStart", 10L)
            .set("windowEnd", 20L)
            .build();
    AvroSerde<GenericRecord> theirs = serde(Map.of());
    AvroSerde<Alert> ours = serde(Map.of("specific.avro.reader", true));

    Alert read = ours.deserialize("t", theirs.serialize("t", written));

    assertEquals(AlertStatus.UNKNOWN, read.getStatus());
    assertEquals(new Workload("", "", "", "cart"), read.getWorkload());
    assertEquals(Instant.ofEpochMilli(20), read.getWindowEnd());
    assertEquals(List.of(), read.getEvidence());
    assertNotEquals(alert(), read);
  }

  @Test
  void aSchemaWithoutAGeneratedClassIsABadRecordForAReaderOfClasses() {
    AvroSerde<GenericRecord> generic = serde(Map.of());
    AvroSerde<Alert> specific = serde(Map.of("specific.avro.reader", "true"));
    byte[] bytes = generic.serialize("t", TestSchemas.reading("x", 1));

    SerializationException e =
        assertThrows(SerializationException.class, () -> specific.deserialize("t", bytes));

    assertTrue(e.getMessage().contains("no generated class for test.Reading"), e.getMessage());
  }

  @Test
  void aClassThatNobodyVouchedForIsNotMadeBecauseASchemaNamesIt() {
    Schema foreign =
        TestSchemas.parse(
            """
            {"type": "record", "name": "ProcessBuilder", "namespace": "java.lang", "fields": []}""");
    AvroSerde<GenericRecord> generic = serde(Map.of());
    AvroSerde<Alert> specific = serde(Map.of("specific.avro.reader", "true"));
    byte[] bytes = generic.serialize("t", new GenericData.Record(foreign));

    SerializationException e =
        assertThrows(SerializationException.class, () -> specific.deserialize("t", bytes));

    assertTrue(e.getMessage().contains("java.lang.ProcessBuilder"), e.getMessage());
  }

  @Test
  void oneSerdeServesManyThreads() throws Exception {
    AvroSerde<Alert> serde = serde(Map.of("specific.avro.reader", true));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    Callable<Long> trips =
        () ->
            IntStream.range(0, 500)
                .mapToObj(i -> serde.deserialize("t", serde.serialize("t", alert())))
                .filter(alert()::equals)
                .count();

    List<Future<Long>> counts = threads.invokeAll(Collections.nCopies(4, trips));

    threads.shutdown();
    for (Future<Long> count : counts) {
      assertEquals(500, count.get());
    }
  }
}
