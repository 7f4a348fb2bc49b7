package io.tidemark.schemas.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets an answer from one of the registry's URLs. A URL that cannot be reached, is too slow, or
 * answers 408, 429 or 5xx is passed over for the next; when all have been tried, the round is
 * repeated after a pause. The URL that answered last is asked first. All calls of the protocol can
 * be repeated without harm, registration included.
 *
 * <p>The longest a call can take is (retries + 1) x URLs x (connect + read timeout) + pauses.
 */
final class RegistryTransport {

  private static final Logger LOG = LoggerFactory.getLogger(RegistryTransport.class);
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

  /** A wait between two rounds; in tests, one that only takes note. */
  interface Pause {
    void lasting(Duration duration) throws InterruptedException;
  }

  /** What a registry said: never 408, 429 or 5xx. */
  record Answer(int status, String body, URI from) {}

  private final RegistrySettings settings;
  private final Pause pause;
  private final HttpClient http;
  private volatile int preferred;

  RegistryTransport(RegistrySettings settings, Pause pause) {
    this.settings = settings;
    this.pause = pause;
    // HTTP/1.1: the offer to upgrade a plain connection to HTTP/2 confuses some proxies.
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connectTimeout());
    settings.tls().ifPresent(builder::sslContext);
    this.http = builder.build();
  }

  Answer get(String path) {
    return call("GET", path, HttpRequest.BodyPublishers.noBody());
  }

  Answer send(String method, String path, byte[] body) {
    return call(method, path, HttpRequest.BodyPublishers.ofByteArray(body));
  }

  private Answer call(String method, String path, HttpRequest.BodyPublisher body) {
    Duration wait = shorter(settings.firstPause(), settings.longestPause());
    for (int round = 0; ; round++) {
      try {
        return anyNode(method, path, body);
      } catch (RegistryUnavailableException e) {
        if (round == settings.retries()) {
          throw e;
        }
        LOG.warn("{}; trying again in {} ms", e.getMessage(), wait.toMillis());
      }
      pauseFor(wait);
      wait = shorter(wait.multipliedBy(2), settings.longestPause());
    }
  }

  private Answer anyNode(String method, String path, HttpRequest.BodyPublisher body) {
    List<RegistrySettings.Node> nodes = settings.nodes();
    int first = preferred;
    RegistryUnavailableException last = null;
    for (int i = 0; i < nodes.size(); i++) {
      int index = (first + i) % nodes.size();
      try {
        Answer answer = oneNode(nodes.get(index), method, path, body);
        preferred = index;
        return answer;
      } catch (RegistryUnavailableException e) {
        LOG.debug("{}", e.getMessage());
        if (last != null) {
          e.addSuppressed(last);
        }
        last = e;
      }
    }
    throw last;
  }

  private Answer oneNode(
      RegistrySettings.Node node, String method, String path, HttpRequest.BodyPublisher body) {
    URI uri = URI.create(node.base() + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(method, body)
            .header("Accept", MEDIA_TYPE + ", application/json")
            .header("Content-Type", MEDIA_TYPE);
    node.authorization().ifPresent(value -> request.header("Authorization", value));
    HttpResponse<byte[]> response = exchange(request.build());
    int status = response.statusCode();
    if (status >= 500 || status == 408 || status == 429) {
      throw new RegistryUnavailableException("Schema registry " + uri + " answered " + status);
    }
    return new Answer(status, new String(response.body(), StandardCharsets.UTF_8), uri);
  }

  /**
   * The timeout of HttpRequest itself ends at the headers in JDK 17; this one includes the body.
   */
  private HttpResponse<byte[]> exchange(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> future =
        http.sendAsync(request, headers -> new BoundedBody());
    Duration limit = settings.connectTimeout().plus(settings.readTimeout());
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      future.cancel(true);
      throw new InterruptException(e);
    } catch (TimeoutException e) {
      future.cancel(true);
      throw new RegistryUnavailableException(
          "Schema registry " + request.uri() + " gave no answer within " + limit.toMillis() + " ms",
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw new RegistryUnavailableException(
            "Schema registry " + request.uri() + " cannot be reached: " + failure, failure);
      }
      throw new IllegalStateException("Request to " + request.uri() + " failed", e.getCause());
    }
  }

  private void pauseFor(Duration wait) {
    try {
      pause.lasting(wait);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
