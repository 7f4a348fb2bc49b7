package io.tidemark.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;

/**
 * Schemas as others should see them: without the property by which Avro's compiler notes the Java
 * class for strings, so that a generated class finds the schema that was registered from its file.
 */
final class PublishedSchemas {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STRING_CLASS = "avro.java.string";

  private final BoundedCache<Schema, Schema> known =
      new BoundedCache<>(CachedSchemaRegistry.CAPACITY);

  Schema withoutJavaProperties(Schema schema) {
    Schema published = known.get(schema);
    if (published == null) {
      published = strip(schema);
      known.put(schema, published);
    }
    return published;
  }

  private static Schema strip(Schema schema) {
    String text = schema.toString();
    if (!text.contains(STRING_CLASS)) {
      return schema;
    }
    try {
      JsonNode tree = JSON.readTree(text);
      strip(tree);
      return new Schema.Parser().setValidateDefaults(false).parse(tree.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Avro wrote a schema that is not JSON", e);
    }
  }

  private static void strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(STRING_CLASS);
    }
    node.forEach(PublishedSchemas::strip);
  }
}
