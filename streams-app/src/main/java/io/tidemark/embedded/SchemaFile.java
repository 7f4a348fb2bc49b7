package io.tidemark.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.schemas.registry.Compatibility;
import io.tidemark.schemas.registry.RegisteredSchema;
import io.tidemark.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * The schemas of an embedded registry, one line of JSON for each registration, appended and forced
 * to disk before its id is given out. Ids follow from the order of the lines, so they are the same
 * after every restart.
 */
final class SchemaFile implements AutoCloseable {

  static final Compatibility DEFAULT = Compatibility.BACKWARD;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SchemaRegistry registry =
      SchemaRegistry.connect(Map.of("schema.registry.url", "mock://" + UUID.randomUUID()));
  private final TreeMap<String, List<RegisteredSchema>> subjects = new TreeMap<>();
  private final TreeMap<String, Compatibility> levels = new TreeMap<>();
  private final Path file;
  private final FileChannel channel;
  private boolean broken;

  SchemaFile(Path file) {
    this.file = file;
    try {
      if (Files.exists(file)) {
        readAll();
      }
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new BrokerStartException(
          "schemas in " + file + " cannot be used: " + e.getMessage(), e);
    }
  }

  SchemaRegistry registry() {
    return registry;
  }

  synchronized List<String> subjects() {
    return List.copyOf(subjects.keySet());
  }

  synchronized List<RegisteredSchema> versions(String subject) {
    return List.copyOf(subjects.getOrDefault(subject, List.of()));
  }

  synchronized Optional<Compatibility> level(String subject) {
    return Optional.ofNullable(levels.get(subject));
  }

  synchronized int register(String subject, Schema schema) throws IOException {
    Optional<RegisteredSchema> known = registry.lookUp(subject, schema);
    if (known.isPresent() && !broken) {
      return known.get().id();
    }
    usable();
    int id = registry.register(subject, schema);
    append(
        JsonNodeFactory.instance
            .objectNode()
            .put("subject", subject)
            .put("id", id)
            .put("schema", schema.toString()));
    remember(subject);
    return id;
  }

  synchronized void setLevel(String subject, Compatibility level) throws IOException {
    usable();
    append(
        JsonNodeFactory.instance
            .objectNode()
            .put("subject", subject)
            .put("compatibility", level.name()));
    levels.put(subject, level);
    registry.setCompatibility(subject, level);
  }

  private void readAll() throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    if (whole.length() < text.length()) {
      // Cut off in the middle of a line, whose id nobody was told.
      Files.writeString(file, whole, StandardCharsets.UTF_8);
    }
    int number = 0;
    for (String line : whole.lines().toList()) {
      number++;
      try {
        JsonNode entry = JSON.readTree(line);
        String subject = entry.path("subject").asText();
        if (entry.has("compatibility")) {
          Compatibility level = Compatibility.valueOf(entry.get("compatibility").asText());
          levels.put(subject, level);
          registry.setCompatibility(subject, level);
          continue;
        }
        int id =
            registry.register(subject, new Schema.Parser().parse(entry.path("schema").asText()));
        if (id != entry.path("id").asInt()) {
          throw new IOException(
              "line " + number + " has id " + entry.path("id") + ", due is " + id);
        }
        remember(subject);
      } catch (IOException | IllegalArgumentException | AvroRuntimeException e) {
        throw new BrokerStartException(file + ":" + number + " is damaged: " + e.getMessage(), e);
      }
    }
  }

  private void remember(String subject) {
    List<RegisteredSchema> versions = subjects.computeIfAbsent(subject, s -> new ArrayList<>());
    RegisteredSchema latest = registry.latest(subject).orElseThrow();
    if (versions.size() < latest.version()) {
      versions.add(latest);
    }
  }

  /** What is in memory and not on disk must not be given out: its id could come again. */
  private void usable() throws IOException {
    if (broken) {
      throw new IOException(file + " could not be written; restart when it can be");
    }
  }

  private void append(ObjectNode entry) throws IOException {
    broken = true;
    ByteBuffer line = ByteBuffer.wrap((entry + "\n").getBytes(StandardCharsets.UTF_8));
    while (line.hasRemaining()) {
      channel.write(line);
    }
    channel.force(true);
    broken = false;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
