package io.tidemark.schemas.registry;

import static io.tidemark.schemas.registry.TestSchemas.READING;
import static io.tidemark.schemas.registry.TestSchemas.READING_2;
import static io.tidemark.schemas.registry.TestSchemas.READING_BROKEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityTest {

  /** Holds the place only: it reads all the others, and none of them reads it but itself. */
  private static final Schema PLACE =
      TestSchemas.parse(
          """
          {"type": "record", "name": "Reading", "namespace": "test", "fields": [
            {"name": "place", "type": "string"}]}""");

  @ParameterizedTest
  @CsvSource({
    "NONE,                true,  true",
    "BACKWARD,            true,  false",
    "FORWARD,             false, true",
    "FULL,                false, false",
    "BACKWARD_TRANSITIVE, true,  false",
    "FORWARD_TRANSITIVE,  false, true",
    "FULL_TRANSITIVE,     false, false"
  })
  void fieldsWithoutDefaultsMayGoBackwardAndComeForward(
      Compatibility level, boolean removal, boolean addition) {
    assertEquals(removal, level.violation(PLACE, List.of(READING)).isEmpty());
    assertEquals(addition, level.violation(READING, List.of(PLACE)).isEmpty());
  }

  @Test
  void onlyTheTransitiveRulesLookBehindTheLatest() {
    List<Schema> history = List.of(PLACE, READING);

    assertEquals(true, Compatibility.BACKWARD.violation(READING_2, history).isEmpty());
    assertEquals(false, Compatibility.BACKWARD_TRANSITIVE.violation(READING_2, history).isEmpty());
  }

  @Test
  void theRegistryInThisProcessKeepsTheRuleOfASubject() {
    MockSchemaRegistry registry = new MockSchemaRegistry();
    registry.register("s", READING);

    RegistryRejectedException e =
        assertThrows(RegistryRejectedException.class, () -> registry.register("s", READING_BROKEN));
    registry.setCompatibility("s", Compatibility.NONE);

    assertEquals(409, e.status());
    assertEquals(2, registry.register("s", READING_BROKEN));
    assertEquals(1, registry.register("other", READING));
    assertEquals(2, registry.latest("s").orElseThrow().version());
  }
}
