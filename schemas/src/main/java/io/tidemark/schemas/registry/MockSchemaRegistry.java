package io.tidemark.schemas.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/**
 * A registry inside this process, for tests and for running without one. What {@code mock://scope}
 * means is that every client naming the scope meets in the same registry, hence the one static map;
 * it lasts as long as the process.
 */
final class MockSchemaRegistry implements SchemaRegistry {

  private static final Map<String, MockSchemaRegistry> SCOPES = new ConcurrentHashMap<>();

  private final List<Schema> schemas = new ArrayList<>();
  private final Map<String, List<RegisteredSchema>> subjects = new HashMap<>();
  private final Map<String, Compatibility> levels = new HashMap<>();

  static MockSchemaRegistry scope(String name) {
    return SCOPES.computeIfAbsent(name, unused -> new MockSchemaRegistry());
  }

  @Override
  public synchronized int register(String subject, Schema schema) {
    Optional<RegisteredSchema> known = lookUp(subject, schema);
    if (known.isPresent()) {
      return known.get().id();
    }
    List<RegisteredSchema> versions = versions(subject);
    Optional<String> violation = violation(subject, schema);
    if (violation.isPresent()) {
      throw new RegistryRejectedException(
          409, "Schema is incompatible with subject " + subject + ": " + violation.get());
    }
    int id = idOf(schema);
    List<RegisteredSchema> more = new ArrayList<>(versions);
    more.add(new RegisteredSchema(subject, versions.size() + 1, id, schema));
    subjects.put(subject, more);
    return id;
  }

  @Override
  public synchronized Optional<RegisteredSchema> lookUp(String subject, Schema schema) {
    return versions(subject).stream().filter(v -> same(v.schema(), schema)).findFirst();
  }

  @Override
  public synchronized Schema schemaById(int id) {
    if (id < 1 || id > schemas.size()) {
      throw new SerializationException("The schema registry has no schema with id " + id);
    }
    return schemas.get(id - 1);
  }

  @Override
  public synchronized Optional<RegisteredSchema> latest(String subject) {
    List<RegisteredSchema> versions = versions(subject);
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
  }

  @Override
  public synchronized boolean isCompatible(String subject, Schema schema) {
    return violation(subject, schema).isEmpty();
  }

  @Override
  public synchronized void setCompatibility(String subject, Compatibility level) {
    levels.put(subject, level);
  }

  private Optional<String> violation(String subject, Schema schema) {
    List<Schema> history = versions(subject).stream().map(RegisteredSchema::schema).toList();
    return levels.getOrDefault(subject, Compatibility.BACKWARD).violation(schema, history);
  }

  private List<RegisteredSchema> versions(String subject) {
    return subjects.getOrDefault(subject, List.of());
  }

  private int idOf(Schema schema) {
    for (int i = 0; i < schemas.size(); i++) {
      if (same(schemas.get(i), schema)) {
        return i + 1;
      }
    }
    schemas.add(schema);
    return schemas.size();
  }

  /** By text, since Schema's equality leaves out documentation, which a registry keeps apart. */
  private static boolean same(Schema a, Schema b) {
    return a.toString().equals(b.toString());
  }
}
