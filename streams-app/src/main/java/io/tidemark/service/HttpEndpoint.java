package io.tidemark.service;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidemark.config.ConfigException;
import io.tidemark.config.HttpSettings;
import io.tidemark.config.Problem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Metrics and health over HTTP. */
final class HttpEndpoint implements AutoCloseable {

  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
  private static final String JSON = "application/json";
  private static final int THREADS = 2;

  private final HttpServer server;
  private final ExecutorService threads;
  private final Metrics metrics;
  private final Health health;

  private record Page(int status, String type, String body) {}

  /**
   * Begins to answer.
   *
   * @throws ConfigException if the address cannot be listened on
   */
  HttpEndpoint(HttpSettings settings, Metrics metrics, Health health) {
    this.metrics = metrics;
    this.health = health;
    // Else a client that never finishes its request would hold a thread for ever.
    limit("sun.net.httpserver.maxReqTime");
    limit("sun.net.httpserver.maxRspTime");
    try {
      this.server = HttpServer.create(new InetSocketAddress(settings.host(), settings.port()), 0);
    } catch (IOException e) {
      throw new ConfigException(
          List.of(
              Problem.missing(
                  "http.port "
                      + settings.port()
                      + " of http.host "
                      + settings.host()
                      + " cannot be listened on: "
                      + e.getMessage())));
    }
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "tidemark-http");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Where it listens, such as {@code http://127.0.0.1:9464}. */
  String url() {
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().getHostAddress();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void limit(String property) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, "30");
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      boolean head = method.equals("HEAD");
      Page page =
          head || method.equals("GET")
              ? page(exchange.getRequestURI().getPath())
              : new Page(405, "text/plain", "only GET and HEAD\n");
      Headers headers = exchange.getResponseHeaders();
      headers.set("Content-Type", page.type());
      headers.set("Cache-Control", "no-store");
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set("X-Frame-Options", "DENY");
      headers.set("Referrer-Policy", "no-referrer");
      headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
      if (page.status() == 405) {
        headers.set("Allow", "GET, HEAD");
      }
      byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
      if (head) {
        headers.set("Content-Length", Integer.toString(body.length));
        exchange.sendResponseHeaders(page.status(), -1);
      } else {
        exchange.sendResponseHeaders(page.status(), body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  private Page page(String path) {
    return switch (path) {
      case "/metrics" -> new Page(200, PROMETHEUS, metrics.scrape());
      case "/health/live" -> page(health.live());
      case "/health/ready" -> page(health.readiness());
      default -> new Page(404, "text/plain", "not found\n");
    };
  }

  private static Page page(Health.Answer answer) {
    return new Page(answer.good() ? 200 : 503, JSON, answer.json() + "\n");
  }
}
