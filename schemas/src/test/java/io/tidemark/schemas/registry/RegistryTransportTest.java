package io.tidemark.schemas.registry;

import static io.tidemark.schemas.registry.TestSchemas.READING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryTransportTest {

  private final RegistryServer one = new RegistryServer();
  private final RegistryServer two = new RegistryServer();
  private final List<Duration> pauses = new ArrayList<>();

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  private SchemaRegistry registry(Map<String, ?> settings) {
    RegistrySettings parsed = RegistrySettings.from(settings);
    return new RestSchemaRegistry(new RegistryTransport(parsed, pauses::add));
  }

  private static Map<String, Object> url(String... urls) {
    return new HashMap<>(Map.of("schema.registry.url", String.join(" , ", urls)));
  }

  @Test
  void aNodeThatCannotBeReachedIsPassedOver() throws IOException {
    String nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = "http://127.0.0.1:" + free.getLocalPort();
    }

    int id = registry(url(nobody, two.url())).register("s", READING);

    assertEquals(1, id);
    assertEquals(List.of("POST /subjects/s/versions"), two.lines());
    assertEquals(List.of(), pauses);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 503})
  void aNodeThatIsUnwellIsPassedOverAndTheOneThatAnsweredIsAskedFirstThereafter(int status) {
    one.answering(status, "");
    SchemaRegistry registry = registry(url(one.url(), two.url()));

    registry.register("s", READING);
    registry.latest("s");

    assertEquals(1, one.lines().size());
    assertEquals(
        List.of("POST /subjects/s/versions", "GET /subjects/s/versions/latest"), two.lines());
  }

  @Test
  void roundsAreRepeatedWithPausesThatGrowToTheirLimit() {
    Map<String, Object> settings = url(one.url());
    settings.put("retries.wait.ms", 100);
    settings.put("retries.max.wait.ms", "250");
    one.answering(503, "").answering(429, "").answering(500, "");

    int id = registry(settings).register("s", READING);

    assertEquals(1, id);
    assertEquals(4, one.lines().size());
    assertEquals(List.of(100L, 200L, 250L), pauses.stream().map(Duration::toMillis).toList());
  }

  @Test
  void afterTheLastRetryTheRegistryIsCalledUnavailable() {
    Map<String, Object> settings = url(one.url());
    settings.put("max.retries", "1");
    one.answering(503, "").answering(503, "");

    RegistryUnavailableException e =
        assertThrows(
            RegistryUnavailableException.class, () -> registry(settings).register("s", READING));

    assertEquals(2, one.lines().size());
    assertTrue(
        e.getMessage().contains(one.url() + "/subjects/s/versions answered 503"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 401, 403, 409, 422})
  void aRefusalIsNotRetried(int status) {
    one.answering(status, "{\"error_code\":" + status + ",\"message\":\"no\\nway\"}");

    RegistryRejectedException e =
        assertThrows(
            RegistryRejectedException.class,
            () -> registry(url(one.url(), two.url())).register("s", READING));

    assertEquals(status, e.status());
    assertTrue(e.getMessage().contains("refused: " + status + " no way"), e.getMessage());
    assertEquals(1, one.lines().size());
    assertEquals(List.of(), two.lines());
  }

  @Test
  void anAnswerThatStopsInTheMiddleOfItsBodyRunsIntoTheReadTimeout() {
    one.stallingInTheBody();
    Map<String, Object> settings = url(one.url());
    settings.put("http.connect.timeout.ms", 400);
    settings.put("http.read.timeout.ms", 100);
    settings.put("max.retries", 0);

    RegistryUnavailableException e =
        assertThrows(RegistryUnavailableException.class, () -> registry(settings).latest("s"));

    assertTrue(e.getMessage().contains("gave no answer within 500 ms"), e.getMessage());
  }

  @Test
  void anEndlessAnswerIsCutOff() {
    one.answering(200, " ".repeat(BoundedBody.LIMIT + 1));
    Map<String, Object> settings = url(one.url());
    settings.put("max.retries", 0);

    RegistryUnavailableException e =
        assertThrows(RegistryUnavailableException.class, () -> registry(settings).latest("s"));

    assertTrue(e.getMessage().contains("longer than 10000000 bytes"), e.getMessage());
  }

  @Test
  void anInterruptedThreadStaysInterrupted() {
    Thread.currentThread().interrupt();

    assertThrows(InterruptException.class, () -> registry(url(one.url())).latest("s"));

    assertTrue(Thread.interrupted());
  }

  @Test
  void userInformationOfAUrlIsSentToThatNodeOnly() {
    one.answering(503, "");

    registry(url(one.urlWith("ada:p%40ss+word"), two.url())).register("s", READING);

    assertEquals("Basic YWRhOnBAc3Mrd29yZA==", one.asked.get(0).authorization());
    assertEquals(null, two.asked.get(0).authorization());
  }

  @Test
  void userInformationOfTheSettingsIsSentToAll() {
    one.answering(503, "");
    Map<String, Object> settings = url(one.url(), two.url());
    settings.put("basic.auth.credentials.source", "USER_INFO");
    settings.put("basic.auth.user.info", new Password("ada:secret"));

    registry(settings).register("s", READING);

    assertEquals("Basic YWRhOnNlY3JldA==", one.asked.get(0).authorization());
    assertEquals("Basic YWRhOnNlY3JldA==", two.asked.get(0).authorization());
  }

  @Test
  void aBearerTokenIsSent() {
    Map<String, Object> settings = url(one.url());
    settings.put("bearer.auth.credentials.source", "STATIC_TOKEN");
    settings.put("bearer.auth.token", "opaque");

    registry(settings).register("s", READING);

    assertEquals("Bearer opaque", one.asked.get(0).authorization());
  }

  @Test
  void noFailureShowsThePasswordOfAUrl() {
    Map<String, Object> settings = url(one.urlWith("ada:secret"));
    settings.put("max.retries", 0);
    one.answering(500, "").answering(401, "{}").answering(200, "<html>");
    SchemaRegistry registry = registry(settings);

    for (int i = 0; i < 3; i++) {
      RuntimeException e = assertThrows(RuntimeException.class, () -> registry.latest("s"));
      assertTrue(e.getMessage().contains(one.url()), e.getMessage());
      assertFalse(e.toString().contains("secret"), e.toString());
    }
    assertFalse(RegistrySettings.from(settings).toString().contains("secret"));
    assertFalse(RegistrySettings.from(settings).toString().contains("YWRhOnNlY3JldA"));
  }
}
