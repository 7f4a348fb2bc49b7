package io.tidemark.schemas.registry;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Remembers what a registry cannot change (the schema of an id and the id of a schema), for a while
 * that it did not know an id, and the latest version of a subject. The registry is asked outside
 * the lock, so that one slow answer does not hold up those who need none.
 */
final class CachedSchemaRegistry implements SchemaRegistry {

  /** Schemas, ids and subjects kept each, the longest unused going first; Confluent's capacity. */
  static final int CAPACITY = 1000;

  /** Ids known to be unknown, 100 bytes or so each. */
  static final int MISSING_CAPACITY = 10_000;

  private final SchemaRegistry registry;
  private final LongSupplier nanoTime;
  private final long missingIdTtl;
  private final Optional<Long> latestTtl;
  private final BoundedCache<Integer, Schema> schemas = new BoundedCache<>(CAPACITY);
  private final BoundedCache<Subject, Integer> registered = new BoundedCache<>(CAPACITY);
  private final BoundedCache<Subject, RegisteredSchema> found = new BoundedCache<>(CAPACITY);
  private final BoundedCache<Integer, Missing> missing = new BoundedCache<>(MISSING_CAPACITY);
  private final BoundedCache<String, Latest> latest = new BoundedCache<>(CAPACITY);

  private record Subject(String name, Schema schema) {}

  private record Missing(String message, long since) {}

  private record Latest(RegisteredSchema version, long since) {}

  CachedSchemaRegistry(SchemaRegistry registry, RegistrySettings settings, LongSupplier nanoTime) {
    this.registry = registry;
    this.nanoTime = nanoTime;
    this.missingIdTtl = settings.missingIdTtl().toNanos();
    this.latestTtl = settings.latestTtl().map(Duration::toNanos);
  }

  static SchemaRegistry connect(RegistrySettings settings) {
    if (settings.mockScope().isPresent()) {
      return MockSchemaRegistry.scope(settings.mockScope().get());
    }
    RegistryTransport transport =
        new RegistryTransport(settings, wait -> Thread.sleep(wait.toMillis()));
    return new CachedSchemaRegistry(new RestSchemaRegistry(transport), settings, System::nanoTime);
  }

  @Override
  public int register(String subject, Schema schema) {
    Subject key = new Subject(subject, schema);
    Integer known = registered.get(key);
    if (known != null) {
      return known;
    }
    int id = registry.register(subject, schema);
    registered.put(key, id);
    remember(id, schema);
    return id;
  }

  @Override
  public Optional<RegisteredSchema> lookUp(String subject, Schema schema) {
    Subject key = new Subject(subject, schema);
    RegisteredSchema known = found.get(key);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<RegisteredSchema> answer = registry.lookUp(subject, schema);
    answer.ifPresent(
        version -> {
          found.put(key, version);
          remember(version.id(), version.schema());
        });
    return answer;
  }

  @Override
  public Schema schemaById(int id) {
    Schema known = schemas.get(id);
    if (known != null) {
      return known;
    }
    Missing gap = missing.get(id);
    if (gap != null && nanoTime.getAsLong() - gap.since() < missingIdTtl) {
      throw new SerializationException(gap.message());
    }
    try {
      Schema schema = registry.schemaById(id);
      remember(id, schema);
      return schema;
    } catch (SerializationException e) {
      missing.put(id, new Missing(e.getMessage(), nanoTime.getAsLong()));
      throw e;
    }
  }

  @Override
  public Optional<RegisteredSchema> latest(String subject) {
    Latest known = latest.get(subject);
    if (known != null
        && (latestTtl.isEmpty() || nanoTime.getAsLong() - known.since() < latestTtl.get())) {
      return Optional.of(known.version());
    }
    Optional<RegisteredSchema> answer = registry.latest(subject);
    answer.ifPresent(version -> latest.put(subject, new Latest(version, nanoTime.getAsLong())));
    return answer;
  }

  @Override
  public boolean isCompatible(String subject, Schema schema) {
    return registry.isCompatible(subject, schema);
  }

  @Override
  public void setCompatibility(String subject, Compatibility level) {
    registry.setCompatibility(subject, level);
  }

  private void remember(int id, Schema schema) {
    schemas.put(id, schema);
    missing.remove(id);
  }
}
