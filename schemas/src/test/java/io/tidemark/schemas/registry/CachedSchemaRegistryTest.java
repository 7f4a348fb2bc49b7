package io.tidemark.schemas.registry;

import static io.tidemark.schemas.registry.TestSchemas.READING;
import static io.tidemark.schemas.registry.TestSchemas.READING_2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CachedSchemaRegistryTest {

  private final RegistryServer server = new RegistryServer();
  private long now = -5;

  @AfterEach
  void close() {
    server.close();
  }

  private SchemaRegistry registry(Map<String, ?> more) {
    Map<String, Object> map = new HashMap<>(more);
    map.put("schema.registry.url", server.url());
    map.put("max.retries", 0);
    RegistrySettings settings = RegistrySettings.from(map);
    RegistryTransport transport = new RegistryTransport(settings, wait -> {});
    return new CachedSchemaRegistry(new RestSchemaRegistry(transport), settings, () -> now);
  }

  @Test
  void aSchemaIsRegisteredOnceAndKnownByItsIdAtOnce() {
    SchemaRegistry registry = registry(Map.of());

    int first = registry.register("s", READING);
    int again = registry.register("s", TestSchemas.parse(READING.toString()));

    assertEquals(first, again);
    assertEquals(READING, registry.schemaById(first));
    assertEquals(List.of("POST /subjects/s/versions"), server.lines());
  }

  @Test
  void aSchemaIsFetchedOnce() {
    int id = server.schemas.register("s", READING);
    SchemaRegistry registry = registry(Map.of());

    registry.schemaById(id);
    registry.schemaById(id);

    assertEquals(List.of("GET /schemas/ids/1"), server.lines());
  }

  @Test
  void anUnknownIdCostsOneCallUntilItsTimeIsUp() {
    SchemaRegistry registry = registry(Map.of("missing.id.cache.ttl.sec", "60"));

    assertThrows(SerializationException.class, () -> registry.schemaById(7));
    now += Duration.ofSeconds(60).toNanos() - 1;
    assertThrows(SerializationException.class, () -> registry.schemaById(7));
    assertEquals(1, server.lines().size());

    now += 1;
    assertThrows(SerializationException.class, () -> registry.schemaById(7));
    assertEquals(2, server.lines().size());
  }

  @Test
  void anIdThatIsRegisteredLaterIsFoundWhenItsTimeIsUp() {
    SchemaRegistry registry = registry(Map.of());
    assertThrows(SerializationException.class, () -> registry.schemaById(1));
    server.schemas.register("s", READING);

    now += Duration.ofSeconds(60).toNanos();

    assertEquals(READING, registry.schemaById(1));
  }

  @Test
  void anOutageIsNotTakenForAnUnknownId() {
    int id = server.schemas.register("s", READING);
    server.answering(503, "");
    SchemaRegistry registry = registry(Map.of());

    assertThrows(RegistryUnavailableException.class, () -> registry.schemaById(id));

    assertEquals(READING, registry.schemaById(id));
  }

  @Test
  void theLatestVersionIsKeptForAsLongAsTheSettingSays() {
    server.schemas.register("s", READING);
    SchemaRegistry registry = registry(Map.of("latest.cache.ttl.sec", 10));
    assertEquals(1, registry.latest("s").orElseThrow().version());
    server.schemas.register("s", READING_2);

    now += Duration.ofSeconds(10).toNanos() - 1;
    assertEquals(1, registry.latest("s").orElseThrow().version());

    now += 1;
    assertEquals(2, registry.latest("s").orElseThrow().version());
  }

  @Test
  void whatIsLongUnusedIsForgottenSoThatMemoryIsBounded() {
    BoundedCache<Integer, String> cache = new BoundedCache<>(2);
    cache.put(1, "one");
    cache.put(2, "two");
    cache.get(1);

    cache.put(3, "three");

    assertEquals("one", cache.get(1));
    assertEquals(null, cache.get(2));
    assertEquals("three", cache.get(3));
  }
}
