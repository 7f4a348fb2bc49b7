package io.tidemark.schemas.registry;

import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * A registry of Avro schemas by subject and by number.
 *
 * <p>Every call may throw {@link RegistryUnavailableException} (nobody answered; try again later)
 * or {@link RegistryRejectedException} (the registry answered and refused; trying again changes
 * nothing).
 */
public interface SchemaRegistry {

  /**
   * Registers a schema, or finds it registered already.
   *
   * @return the schema's id, unique in the whole registry
   */
  int register(String subject, Schema schema);

  /** The registration of exactly this schema under the subject, if there is one. */
  Optional<RegisteredSchema> lookUp(String subject, Schema schema);

  /**
   * The schema a record names.
   *
   * @throws org.apache.kafka.common.errors.SerializationException if the registry answers that it
   *     has no such id, or has something there that is not a usable Avro schema: the record is bad,
   *     not the registry
   */
  Schema schemaById(int id);

  /** The newest version of a subject, or nothing if the subject does not exist. */
  Optional<RegisteredSchema> latest(String subject);

  /**
   * Whether the subject's rule admits the schema beside the latest version; true if it has none.
   */
  boolean isCompatible(String subject, Schema schema);

  /** Sets the rule that new versions of the subject have to meet. */
  void setCompatibility(String subject, Compatibility level);

  /**
   * A caching client for the settings, which have Confluent's names (see {@link RegistrySettings}).
   * Nothing is connected to before the first call.
   *
   * @throws org.apache.kafka.common.config.ConfigException if a setting cannot be used
   */
  static SchemaRegistry connect(Map<String, ?> settings) {
    return CachedSchemaRegistry.connect(RegistrySettings.from(settings));
  }
}
