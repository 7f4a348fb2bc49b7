package io.tidemark.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidemark.schemas.registry.Compatibility;
import io.tidemark.schemas.registry.RegisteredSchema;
import io.tidemark.schemas.registry.RegistryRejectedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/**
 * A schema registry beside the embedded broker, so that any Avro program can read the topics: the
 * part of Confluent's REST protocol that serdes and people use (register, look up, ids, versions,
 * subjects, compatibility, config), for Avro without references. On 127.0.0.1 only; what is
 * registered is kept in a file.
 */
public final class EmbeddedRegistry implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int LONGEST_REQUEST = 1 << 20;
  private static final int THREADS = 4;

  private final SchemaFile schemas;
  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(THREADS, task -> daemon(task));

  private record Answer(int status, JsonNode body) {}

  private EmbeddedRegistry(SchemaFile schemas, HttpServer server) {
    this.schemas = schemas;
    this.server = server;
  }

  /**
   * Starts a registry.
   *
   * @param file where schemas are kept, one per line; created if absent
   * @param port 0 takes a free one
   * @throws BrokerStartException if the file or the port cannot be used
   */
  public static EmbeddedRegistry start(Path file, int port) {
    SchemaFile schemas;
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      schemas = new SchemaFile(file);
    } catch (IOException e) {
      throw new BrokerStartException(file + " cannot be used: " + e.getMessage(), e);
    }
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
      EmbeddedRegistry registry = new EmbeddedRegistry(schemas, server);
      server.setExecutor(registry.threads);
      server.createContext("/", registry::handle);
      server.start();
      return registry;
    } catch (IOException e) {
      throw new BrokerStartException(
          "schema registry cannot listen on 127.0.0.1:" + port + ": " + e.getMessage(), e);
    }
  }

  /** For {@code schema.registry.url}. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    try {
      schemas.close();
    } catch (IOException e) {
      throw new BrokerStartException("schemas not released: " + e.getMessage(), e);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "embedded-registry");
    thread.setDaemon(true);
    return thread;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange);
      byte[] body = answer.body().toString().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Answer answer(HttpExchange exchange) {
    try {
      byte[] body = exchange.getRequestBody().readNBytes(LONGEST_REQUEST + 1);
      if (body.length > LONGEST_REQUEST) {
        return error(413, 41301, "a request may have " + LONGEST_REQUEST + " bytes");
      }
      JsonNode request = body.length == 0 ? NODES.objectNode() : JSON.readTree(body);
      String[] path = exchange.getRequestURI().getRawPath().substring(1).split("/", -1);
      for (int i = 0; i < path.length; i++) {
        path[i] = URLDecoder.decode(path[i], StandardCharsets.UTF_8);
      }
      return answer(exchange.getRequestMethod(), path, request);
    } catch (JsonProcessingException e) {
      return error(400, 400, "the request is not JSON");
    } catch (SerializationException e) {
      return error(404, 40403, "Schema not found");
    } catch (RegistryRejectedException e) {
      return error(e.status(), e.status(), e.getMessage());
    } catch (AvroRuntimeException e) {
      return error(422, 42201, "Invalid schema: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      return error(422, 42203, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return error(500, 50001, String.valueOf(e.getMessage()));
    }
  }

  private Answer answer(String method, String[] path, JsonNode request) throws IOException {
    String route = method + " " + path[0] + "/" + path.length;
    return switch (route) {
      case "GET /1" -> ok(NODES.objectNode());
      case "GET schemas/2" -> ok(NODES.arrayNode().add("AVRO"));
      case "GET schemas/3" ->
          ok(
              NODES
                  .objectNode()
                  .put(
                      "schema",
                      schemas.registry().schemaById(Integer.parseInt(path[2])).toString()));
      case "GET subjects/1" -> ok(strings(schemas.subjects()));
      case "POST subjects/2" ->
          version(schemas.registry().lookUp(path[1], schema(request)), 40403, "Schema not found");
      case "GET subjects/3" -> versions(path[1]);
      case "POST subjects/3" ->
          ok(NODES.objectNode().put("id", schemas.register(path[1], schema(request))));
      case "GET subjects/4" -> version(path[1], path[3]);
      case "POST compatibility/5" -> compatible(path[2], schema(request));
      case "GET config/1" ->
          ok(NODES.objectNode().put("compatibilityLevel", SchemaFile.DEFAULT.name()));
      case "GET config/2" -> level(path[1]);
      case "PUT config/2" -> setLevel(path[1], request);
      default -> error(404, 404, "HTTP 404 Not Found");
    };
  }

  private Answer versions(String subject) {
    List<RegisteredSchema> versions = schemas.versions(subject);
    if (versions.isEmpty()) {
      return error(404, 40401, "Subject '" + subject + "' not found.");
    }
    ArrayNode numbers = NODES.arrayNode();
    versions.forEach(version -> numbers.add(version.version()));
    return ok(numbers);
  }

  private Answer version(String subject, String number) {
    List<RegisteredSchema> versions = schemas.versions(subject);
    if (versions.isEmpty()) {
      return error(404, 40401, "Subject '" + subject + "' not found.");
    }
    int wanted = number.equals("latest") ? versions.size() : Integer.parseInt(number);
    return version(
        versions.stream().filter(version -> version.version() == wanted).findFirst(),
        40402,
        "Version " + wanted + " not found.");
  }

  private Answer compatible(String subject, Schema schema) {
    return schemas.versions(subject).isEmpty()
        ? error(404, 40401, "Subject '" + subject + "' not found.")
        : ok(
            NODES
                .objectNode()
                .put("is_compatible", schemas.registry().isCompatible(subject, schema)));
  }

  private Answer level(String subject) {
    return schemas
        .level(subject)
        .map(level -> ok(NODES.objectNode().put("compatibilityLevel", level.name())))
        .orElseGet(
            () ->
                error(
                    404,
                    40408,
                    "Subject '"
                        + subject
                        + "' does not have subject-level compatibility configured"));
  }

  private Answer setLevel(String subject, JsonNode request) throws IOException {
    Compatibility level = Compatibility.valueOf(request.path("compatibility").asText());
    schemas.setLevel(subject, level);
    return ok(NODES.objectNode().put("compatibility", level.name()));
  }

  private static Schema schema(JsonNode request) {
    if (!request.path("schemaType").asText("AVRO").equals("AVRO")
        || !request.path("references").isEmpty()) {
      throw new AvroRuntimeException("only Avro without references");
    }
    return new Schema.Parser().parse(request.path("schema").asText());
  }

  private static Answer version(Optional<RegisteredSchema> found, int otherwise, String message) {
    return found
        .map(
            version ->
                ok(
                    NODES
                        .objectNode()
                        .put("subject", version.subject())
                        .put("version", version.version())
                        .put("id", version.id())
                        .put("schema", version.schema().toString())))
        .orElseGet(() -> error(404, otherwise, message));
  }

  private static ArrayNode strings(List<String> texts) {
    ArrayNode array = NODES.arrayNode();
    texts.forEach(array::add);
    return array;
  }

  private static Answer ok(JsonNode body) {
    return new Answer(200, body);
  }

  private static Answer error(int status, int code, String message) {
    ObjectNode body = NODES.objectNode().put("error_code", code).put("message", message);
    return new Answer(status, body);
  }
}
