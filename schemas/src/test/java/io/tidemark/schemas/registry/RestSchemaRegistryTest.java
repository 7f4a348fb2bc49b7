package io.tidemark.schemas.registry;

import static io.tidemark.schemas.registry.TestSchemas.READING;
import static io.tidemark.schemas.registry.TestSchemas.READING_2;
import static io.tidemark.schemas.registry.TestSchemas.READING_BROKEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestSchemaRegistryTest {

  private final RegistryServer server = new RegistryServer();
  private final SchemaRegistry registry =
      new RestSchemaRegistry(
          new RegistryTransport(
              RegistrySettings.from(
                  Map.of("schema.registry.url", server.url() + "/", "max.retries", 0)),
              wait -> {}));

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void theProtocolIsSpokenAsPublished() {
    int id = registry.register("t-value", READING);
    Optional<RegisteredSchema> found = registry.lookUp("t-value", READING);
    Optional<RegisteredSchema> other = registry.lookUp("t-value", READING_2);
    Optional<RegisteredSchema> latest = registry.latest("t-value");
    Optional<RegisteredSchema> nothing = registry.latest("nothing");
    registry.setCompatibility("t-value", Compatibility.FULL_TRANSITIVE);
    boolean fits = registry.isCompatible("t-value", READING_2);
    boolean breaks = registry.isCompatible("t-value", READING_BROKEN);

    RegisteredSchema expected = new RegisteredSchema("t-value", 1, id, READING);
    assertEquals(Optional.of(expected), found);
    assertEquals(Optional.empty(), other);
    assertEquals(Optional.of(expected), latest);
    assertEquals(Optional.empty(), nothing);
    assertTrue(fits);
    assertFalse(breaks);
    assertTrue(registry.isCompatible("nothing", READING));
    assertEquals(READING, registry.schemaById(id));
    assertEquals(
        List.of(
            "POST /subjects/t-value/versions",
            "POST /subjects/t-value",
            "POST /subjects/t-value",
            "GET /subjects/t-value/versions/latest",
            "GET /subjects/nothing/versions/latest",
            "PUT /config/t-value",
            "POST /compatibility/subjects/t-value/versions/latest",
            "POST /compatibility/subjects/t-value/versions/latest",
            "POST /compatibility/subjects/nothing/versions/latest",
            "GET /schemas/ids/1"),
        server.lines());
  }

  @Test
  void anIncompatibleSchemaIsRejected() {
    registry.register("s", READING);

    RegistryRejectedException e =
        assertThrows(RegistryRejectedException.class, () -> registry.register("s", READING_BROKEN));

    assertEquals(409, e.status());
    assertTrue(e.getMessage().contains("incompatible"), e.getMessage());
  }

  @Test
  void aSubjectIsOnePathSegmentWhateverItHolds() {
    registry.register("a/b c?d", READING);

    assertEquals(List.of("POST /subjects/a%2Fb%20c%3Fd/versions"), server.lines());
    assertTrue(server.schemas.latest("a/b c?d").isPresent());
  }

  @Test
  void a404OfSomethingElseIsNotTakenForAnUnknownSchema() {
    server.answering(404, "<html>no such page</html>");
    server.answering(404, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}");

    for (int i = 0; i < 2; i++) {
      RegistryRejectedException e =
          assertThrows(RegistryRejectedException.class, () -> registry.schemaById(1));
      assertTrue(e.getMessage().contains("is the path in schema.registry.url"), e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "[]", "{}", "{\"schema\":1}", "", "\"x\""})
  void anAnswerThatIsNotARegistrysIsNotTakenForABadRecord(String body) {
    server.answering(200, body);

    RegistryUnavailableException e =
        assertThrows(RegistryUnavailableException.class, () -> registry.schemaById(1));

    assertTrue(e.getMessage().contains("is not a schema registry's"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message A {}\"}",
        "{\"schema\":\"{\\\"type\\\":\\\"rec\\\"}\"}",
        "{\"schema\":\"\\\"A\\\"\",\"references\":[{\"name\":\"A\",\"subject\":\"a\",\"version\":1}]}"
      })
  void aSchemaThatCannotBeUsedMakesItsRecordsBad(String body) {
    server.answering(200, body);

    SerializationException e =
        assertThrows(SerializationException.class, () -> registry.schemaById(4));

    assertTrue(e.getMessage().startsWith("Schema id 4"), e.getMessage());
  }

  @Test
  void anIdThatIsNoNumberIsNotUnderstood() {
    server.answering(200, "{\"id\":\"12\"}");

    assertThrows(RegistryUnavailableException.class, () -> registry.register("s", READING));
  }
}
