package io.tidemark.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.schemas.Activity;
import io.tidemark.schemas.Alert;
import io.tidemark.schemas.registry.Compatibility;
import io.tidemark.schemas.registry.RegistryRejectedException;
import io.tidemark.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRegistryTest {

  private static final Schema LONG = SchemaBuilder.builder().longType();
  private static final Schema STRING = SchemaBuilder.builder().stringType();

  @TempDir private Path dir;

  @Test
  void idsAndRulesOutliveARestart() {
    int activity;
    int alert;
    try (EmbeddedRegistry registry = start()) {
      SchemaRegistry client = client(registry);
      activity = client.register("a-value", Activity.getClassSchema());
      alert = client.register("b-value", Alert.getClassSchema());
      client.setCompatibility("b-value", Compatibility.NONE);
    }

    try (EmbeddedRegistry registry = start()) {
      SchemaRegistry client = client(registry);

      assertEquals(Activity.getClassSchema(), client.schemaById(activity));
      assertEquals(alert, client.latest("b-value").orElseThrow().id());
      assertEquals(alert, client.register("b-value", Alert.getClassSchema()));
      assertEquals(
          2, client.lookUp("b-value", registered(client, "b-value", LONG)).orElseThrow().version());
    }
  }

  @Test
  void anIncompatibleSchemaIsRefused() {
    try (EmbeddedRegistry registry = start()) {
      SchemaRegistry client = client(registry);
      client.register("s", LONG);

      RegistryRejectedException e =
          assertThrows(RegistryRejectedException.class, () -> client.register("s", STRING));

      assertEquals(409, e.status());
      assertEquals(LONG, client.latest("s").orElseThrow().schema());
    }
  }

  @Test
  void aLineThatWasCutOffIsForgottenAndADamagedOneIsNamed() throws IOException {
    try (EmbeddedRegistry registry = start()) {
      client(registry).register("s", LONG);
    }
    Path file = dir.resolve("schemas.jsonl");
    String whole = Files.readString(file);
    Files.writeString(file, "{\"subject\":\"t\",\"sch", StandardOpenOption.APPEND);
    try (EmbeddedRegistry registry = start()) {
      assertEquals(1, client(registry).register("s", LONG));
    }
    assertEquals(whole, Files.readString(file));
    Files.writeString(file, "{}\n", StandardOpenOption.APPEND);

    BrokerStartException e = assertThrows(BrokerStartException.class, this::start);

    assertTrue(e.getMessage().contains("schemas.jsonl:2"), e.getMessage());
  }

  private EmbeddedRegistry start() {
    return EmbeddedRegistry.start(dir.resolve("schemas.jsonl"), 0);
  }

  private static Schema registered(SchemaRegistry client, String subject, Schema schema) {
    int unused = client.register(subject, schema);
    return schema;
  }

  private static SchemaRegistry client(EmbeddedRegistry registry) {
    return SchemaRegistry.connect(Map.of("schema.registry.url", registry.url()));
  }
}
