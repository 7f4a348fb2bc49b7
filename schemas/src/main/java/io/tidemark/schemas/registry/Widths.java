package io.tidemark.schemas.registry;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.avro.Schema;

/** Finds arrays that no number of bytes bounds. One instance looks at one schema. */
final class Widths {

  private final Set<Schema> visited = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Whether anywhere in the schema is an array whose elements may take no bytes. */
  boolean unbounded(Schema schema) {
    if (!visited.add(schema)) {
      return false;
    }
    return switch (schema.getType()) {
      case RECORD -> schema.getFields().stream().anyMatch(field -> unbounded(field.schema()));
      case UNION -> schema.getTypes().stream().anyMatch(this::unbounded);
      case MAP -> unbounded(schema.getValueType());
      case ARRAY ->
          empty(schema.getElementType(), Collections.newSetFromMap(new IdentityHashMap<>()))
              || unbounded(schema.getElementType());
      default -> false;
    };
  }

  private static boolean empty(Schema schema, Set<Schema> within) {
    return switch (schema.getType()) {
      case NULL -> true;
      case FIXED -> schema.getFixedSize() == 0;
      // A record that holds itself without a union between has no finite value at all.
      case RECORD ->
          !within.add(schema)
              || schema.getFields().stream().allMatch(field -> empty(field.schema(), within));
      default -> false;
    };
  }
}
