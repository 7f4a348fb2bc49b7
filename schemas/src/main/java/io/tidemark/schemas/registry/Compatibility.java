package io.tidemark.schemas.registry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;

/** The rules a new version of a subject can be held to, by the names the registry protocol has. */
public enum Compatibility {
  NONE,
  BACKWARD,
  BACKWARD_TRANSITIVE,
  FORWARD,
  FORWARD_TRANSITIVE,
  FULL,
  FULL_TRANSITIVE;

  /**
   * Why the candidate may not follow the history, or nothing if it may.
   *
   * @param history the versions so far, oldest first
   */
  public Optional<String> violation(Schema candidate, List<Schema> history) {
    if (this == NONE || history.isEmpty()) {
      return Optional.empty();
    }
    List<Schema> newestFirst = new ArrayList<>(history);
    Collections.reverse(newestFirst);
    try {
      validator().validate(candidate, newestFirst);
      return Optional.empty();
    } catch (SchemaValidationException e) {
      return Optional.of(e.getMessage());
    }
  }

  private SchemaValidator validator() {
    SchemaValidatorBuilder builder = new SchemaValidatorBuilder();
    builder =
        switch (this) {
          case BACKWARD, BACKWARD_TRANSITIVE -> builder.canReadStrategy();
          case FORWARD, FORWARD_TRANSITIVE -> builder.canBeReadStrategy();
          default -> builder.mutualReadStrategy();
        };
    return name().endsWith("_TRANSITIVE") ? builder.validateAll() : builder.validateLatest();
  }
}
