package io.tidemark.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/**
 * A registry over HTTP on a free port of 127.0.0.1, with the in-process registry behind it. It
 * keeps what it was asked, and gives scripted answers first where some are set.
 */
final class RegistryServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What was asked, with the Authorization header or null. */
  record Asked(String line, String authorization) {}

  record Scripted(int status, String body) {}

  final MockSchemaRegistry schemas = new MockSchemaRegistry();
  final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Queue<Scripted> script = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile boolean silentBody;

  RegistryServer() {
    this.server = start(Optional.empty());
  }

  RegistryServer(SSLContext tls) {
    this.server = start(Optional.of(tls));
  }

  private HttpServer start(Optional<SSLContext> tls) {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      HttpServer made;
      if (tls.isPresent()) {
        HttpsServer https = HttpsServer.create(address, 0);
        https.setHttpsConfigurator(new HttpsConfigurator(tls.get()));
        made = https;
      } else {
        made = HttpServer.create(address, 0);
      }
      made.setExecutor(threads);
      made.createContext("/", this::handle);
      made.start();
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return scheme + "://127.0.0.1:" + server.getAddress().getPort();
  }

  String urlWith(String userInfo) {
    return url().replace("://", "://" + userInfo + "@");
  }

  List<String> lines() {
    return asked.stream().map(Asked::line).toList();
  }

  synchronized RegistryServer answering(int status, String body) {
    script.add(new Scripted(status, body));
    return this;
  }

  /** From now on, sends headers and a first byte and then nothing. */
  RegistryServer stallingInTheBody() {
    silentBody = true;
    return this;
  }

  private synchronized Scripted next() {
    return script.poll();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      String path = exchange.getRequestURI().getRawPath();
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      asked.add(new Asked(method + " " + path, authorization));
      byte[] request = exchange.getRequestBody().readAllBytes();
      if (silentBody) {
        exchange.sendResponseHeaders(200, 100);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        closed.await();
        return;
      }
      Scripted scripted = next();
      Scripted answer = scripted == null ? answer(method, path, request) : scripted;
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Scripted answer(String method, String path, byte[] body) throws IOException {
    JsonNode request = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    String[] parts = path.substring(1).split("/", -1);
    try {
      if (path.startsWith("/schemas/ids/")) {
        return schemaText(schemas.schemaById(Integer.parseInt(parts[2])));
      }
      if (path.startsWith("/config/")) {
        String level = request.path("compatibility").asText();
        schemas.setCompatibility(decoded(parts[1]), Compatibility.valueOf(level));
        return new Scripted(200, request.toString());
      }
      boolean test = parts[0].equals("compatibility");
      String subject = decoded(test ? parts[2] : parts[1]);
      if (method.equals("GET")) {
        return version(schemas.latest(subject), 40401);
      }
      Schema schema = new Schema.Parser().parse(request.path("schema").asText());
      if (test) {
        return schemas.latest(subject).isEmpty()
            ? error(404, 40401, "Subject not found")
            : ok(JSON.createObjectNode().put("is_compatible", compatible(subject, schema)));
      }
      if (path.endsWith("/versions")) {
        return ok(JSON.createObjectNode().put("id", schemas.register(subject, schema)));
      }
      return version(schemas.lookUp(subject, schema), 40403);
    } catch (SerializationException e) {
      return error(404, 40403, "Schema not found");
    } catch (RegistryRejectedException e) {
      return error(e.status(), e.status(), e.getMessage());
    } catch (AvroRuntimeException e) {
      return error(422, 42201, "Invalid schema");
    }
  }

  private boolean compatible(String subject, Schema schema) {
    return schemas.isCompatible(subject, schema);
  }

  private static Scripted version(Optional<RegisteredSchema> found, int otherwise) {
    if (found.isEmpty()) {
      return error(404, otherwise, "not found");
    }
    RegisteredSchema version = found.get();
    return ok(
        JSON.createObjectNode()
            .put("subject", version.subject())
            .put("version", version.version())
            .put("id", version.id())
            .put("schema", version.schema().toString()));
  }

  private static Scripted schemaText(Schema schema) {
    return ok(JSON.createObjectNode().put("schema", schema.toString()));
  }

  private static Scripted ok(ObjectNode body) {
    return new Scripted(200, body.toString());
  }

  private static Scripted error(int status, int code, String message) {
    return new Scripted(
        status, JSON.createObjectNode().put("error_code", code).put("message", message).toString());
  }

  private static String decoded(String segment) {
    return URLDecoder.decode(segment, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
