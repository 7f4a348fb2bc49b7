package io.tidemark.config;

import static io.tidemark.config.Written.loaded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  private static final String CANARY = "canary-7c1f";
  private static final Map<String, String> ENVIRONMENT = Map.of("SECRET", CANARY, "PORT", "9000");

  @Test
  void referencesAreResolvedForTheProgramAndShownAsWritten(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("secret"), CANARY + "\n");
    String yaml =
        "kafka:\n  ssl.key.password: ${env:SECRET}\n  other: a-${env:SECRET}-b\n  from.file: ${file:"
            + file
            + "}\nhttp: {port: '${env:PORT}'}\nidentity: {search-domains: ['${env:SECRET}']}\n";

    LoadedConfig loaded = loaded(ENVIRONMENT, yaml);

    Config config = loaded.config();
    assertEquals(CANARY, config.kafka().get("ssl.key.password"));
    assertEquals("a-" + CANARY + "-b", config.kafka().get("other"));
    assertEquals(CANARY, config.kafka().get("from.file"));
    assertEquals(9000, config.http().port());
    assertEquals(List.of(CANARY), config.identity().searchDomains());
    String shown = loaded.print(true);
    assertFalse(shown.contains(CANARY), shown);
    assertTrue(shown.contains("a-${env:SECRET}-b"), shown);
    assertTrue(shown.contains("${file:" + file + "}"), shown);
    assertTrue(shown.contains("port: \"${env:PORT}\""), shown);
    assertEquals(loaded, loaded(ENVIRONMENT, shown));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssl.key.password",
        "ssl.keystore.key",
        "sasl.jaas.config",
        "basic.auth.user.info",
        "bearer.auth.token",
        "sasl.oauthbearer.client.credentials.client.secret",
        "my.Api-Key",
        "DB_PASSWORD"
      })
  void aLiteralSecretIsNeverShown(String key) {
    String yaml =
        "kafka:\n  " + key + ": " + CANARY + "\nserde: {settings: {" + key + ": " + CANARY + "}}";

    LoadedConfig loaded = loaded(yaml);

    assertEquals(CANARY, loaded.config().kafka().get(key));
    String shown = loaded.print(false) + loaded + loaded.config() + loaded.config().serde();
    assertFalse(shown.contains(CANARY), shown);
    assertTrue(shown.contains("********"), shown);
  }

  @Test
  void theLiteralPartOfASecretBesideAReferenceIsNotShown() {
    String yaml = "kafka: {sasl.jaas.config: 'user=" + CANARY + " password=${env:PORT}'}";

    LoadedConfig loaded = loaded(ENVIRONMENT, yaml);

    assertFalse(loaded.print(false).contains(CANARY));
  }

  @Test
  void aPasswordInsideAUrlIsNotShown() {
    String yaml =
        "serde: {settings: {schema.registry.url: 'http://user:" + CANARY + "@registry:8081/x'}}";

    String shown = loaded(yaml).print(false);

    assertFalse(shown.contains(CANARY), shown);
    assertTrue(shown.contains("http://********@registry:8081/x"), shown);
  }

  @Test
  void theMaskIsNotMistakenForTheSecret() {
    String shown = loaded("kafka: {ssl.key.password: " + CANARY + "}").print(false);

    ConfigException e = assertThrows(ConfigException.class, () -> loaded(shown));

    assertTrue(e.getMessage().contains("kafka.ssl.key.password holds the mask"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http: {port: '${env:SECRET}'}",
        "http: {host: '${env:SECRET}'}",
        "identity: {internal-cidrs: ['${env:SECRET}']}",
        "windows: {length: '${env:SECRET}'}",
        "topics: {prefix: '${env:SECRET} '}",
        "topics: {activity: '${env:SECRET}', alerts: '${env:SECRET}'}",
        "identity: {named-ranges: {a: ['${env:SECRET}']}}",
        "kafka: {ssl.key.password: {" + CANARY + ": x}, a: [" + CANARY + "]}",
        "kafka: {ssl.key.password: '" + CANARY + "${env:GONE}'}"
      })
  void messagesDoNotTellWhatAReferenceStandsFor(String yaml) {
    ConfigException e = assertThrows(ConfigException.class, () -> loaded(ENVIRONMENT, yaml));

    assertFalse(e.getMessage().contains(CANARY), e.getMessage());
  }

  @Test
  void aReferenceThatLeadsNowhereNamesKeyAndTarget(@TempDir Path dir) throws IOException {
    Path large = Files.write(dir.resolve("large"), new byte[64 * 1024 + 1]);
    String yaml =
        """
        kafka:
          a: ${env:GONE}
          b: ${file:/nonexistent/x}
          c: ${file:relative}
          d: ${vault:x}
          e: ${env:OPEN
          f: ${file:%s}
        http: {port: "${env:GONE}"}
        """
            .formatted(large);

    ConfigException e = assertThrows(ConfigException.class, () -> loaded(yaml));

    List<String> problems = e.problems().stream().map(Problem::toString).toList();
    assertEquals(
        "tidemark.yaml:2: kafka.a: environment variable is not set: GONE", problems.get(0));
    assertEquals(
        "tidemark.yaml:3: kafka.b: cannot read referenced file: /nonexistent/x", problems.get(1));
    assertTrue(
        problems
            .get(2)
            .startsWith("tidemark.yaml:4: kafka.c: the path of a ${file:...} must be absolute"));
    assertTrue(
        problems.get(3).startsWith("tidemark.yaml:5: kafka.d: a reference must be ${env:NAME}"));
    assertTrue(
        problems.get(4).startsWith("tidemark.yaml:6: kafka.e: a reference must be ${env:NAME}"));
    assertTrue(
        problems
            .get(5)
            .startsWith("tidemark.yaml:7: kafka.f: a referenced file must be at most 65536 bytes"));
    assertEquals(
        "tidemark.yaml:8: http.port: environment variable is not set: GONE", problems.get(6));
    assertEquals(7, problems.size());
  }

  @Test
  void aDoubledDollarIsALiteralOne() {
    LoadedConfig loaded = loaded("kafka: {a: '$${env:X} $$ $1 \\'}");

    assertEquals("${env:X} $$ $1 \\", loaded.config().kafka().get("a"));
    assertEquals(loaded.config(), loaded(loaded.print(false)).config());
    assertEquals(loaded.config(), loaded(loaded.config().toString()).config());
  }
}
