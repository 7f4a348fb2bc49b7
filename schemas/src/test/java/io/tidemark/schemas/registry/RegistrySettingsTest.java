package io.tidemark.schemas.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrySettingsTest {

  private static final String URL = "schema.registry.url";

  @Test
  void theDefaultsKeepAnUnreachableRegistryFromStallingAConsumer() {
    RegistrySettings settings = RegistrySettings.from(Map.of(URL, "http://r:8081/"));

    assertEquals("[http://r:8081]", settings.nodes().toString());
    assertEquals(Duration.ofSeconds(3), settings.connectTimeout());
    assertEquals(Duration.ofSeconds(3), settings.readTimeout());
    assertEquals(3, settings.retries());
    assertEquals(Duration.ofSeconds(60), settings.missingIdTtl());
    assertEquals(Optional.empty(), settings.latestTtl());
    assertEquals(Optional.empty(), settings.tls());
  }

  @ParameterizedTest
  @CsvSource({
    "http.read.timeout.ms, soon",
    "http.connect.timeout.ms, 0",
    "max.retries, -1",
    "missing.id.cache.ttl.sec, 1.5",
    "bearer.auth.credentials.source, OAUTHBEARER",
    "basic.auth.credentials.source, SASL_INHERIT"
  })
  void aValueThatCannotBeUsedIsNamedWithItsSetting(String name, String value) {
    Map<String, String> map = Map.of(URL, "http://r", name, value);

    ConfigException e = assertThrows(ConfigException.class, () -> RegistrySettings.from(map));

    assertTrue(e.getMessage().contains(name), e.getMessage());
    assertTrue(e.getMessage().contains(value), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://ada:secret@host",
        "http://ada:secret@",
        "http://ada:sec ret@host",
        "http://ada:secret%@host",
        "ada:secret@host",
        "http://ada:secret@host?token=secret"
      })
  void anUnusableUrlIsNotRepeatedInTheMessage(String url) {
    Map<String, String> map = Map.of(URL, "http://fine," + url);

    ConfigException e = assertThrows(ConfigException.class, () -> RegistrySettings.from(map));

    assertTrue(e.getMessage().contains("schema.registry.url: entry 2"), e.getMessage());
    assertFalse(e.getMessage().contains("sec"), e.getMessage());
    assertEquals(null, e.getCause());
  }

  @Test
  void missingPartsAreNamed() {
    assertMessage("schema.registry.url is missing", Map.of());
    assertMessage("schema.registry.url is missing", Map.of(URL, " , "));
    assertMessage(
        "basic.auth.user.info is missing",
        Map.of(URL, "http://r", "basic.auth.credentials.source", "USER_INFO"));
    assertMessage(
        "bearer.auth.token is missing",
        Map.of(URL, "http://r", "bearer.auth.credentials.source", "STATIC_TOKEN"));
    assertMessage("mock:// registry cannot be combined", Map.of(URL, "mock://a,http://r"));
  }

  @Test
  void credentialsThatCannotBeSentAreRefusedWithoutShowingThem() {
    String broken = "secret\r\nX-Evil: 1";
    Map<String, String> token =
        Map.of(
            URL,
            "http://r",
            "bearer.auth.credentials.source",
            "STATIC_TOKEN",
            "bearer.auth.token",
            broken);
    Map<String, String> user =
        Map.of(
            URL,
            "http://r",
            "basic.auth.credentials.source",
            "USER_INFO",
            "basic.auth.user.info",
            "secret");

    for (Map<String, String> map : List.of(token, user)) {
      ConfigException e = assertThrows(ConfigException.class, () -> RegistrySettings.from(map));
      assertFalse(e.getMessage().contains("secret"), e.getMessage());
    }
  }

  private static void assertMessage(String part, Map<String, String> map) {
    ConfigException e = assertThrows(ConfigException.class, () -> RegistrySettings.from(map));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
