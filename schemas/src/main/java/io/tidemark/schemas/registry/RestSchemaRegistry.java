package io.tidemark.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Confluent's REST protocol, version 1. Source: the registry's API reference and the answers of
 * Apicurio Registry 3.0.9 under /apis/ccompat/v7.
 */
final class RestSchemaRegistry implements SchemaRegistry {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Characters of a registry's own words that a message repeats. */
  private static final int QUOTE = 300;

  private final RegistryTransport transport;

  RestSchemaRegistry(RegistryTransport transport) {
    this.transport = transport;
  }

  @Override
  public int register(String subject, Schema schema) {
    RegistryTransport.Answer answer =
        transport.send("POST", subjectPath(subject) + "/versions", request(schema));
    return number(answer, accepted(answer), "id");
  }

  @Override
  public Optional<RegisteredSchema> lookUp(String subject, Schema schema) {
    return version(transport.send("POST", subjectPath(subject), request(schema)));
  }

  @Override
  public Schema schemaById(int id) {
    RegistryTransport.Answer answer = transport.get("/schemas/ids/" + id);
    if (isUnknown(answer)) {
      throw new SerializationException("The schema registry has no schema with id " + id);
    }
    JsonNode json = accepted(answer);
    String type = json.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new SerializationException("Schema id " + id + " is not Avro but " + abridged(type));
    }
    if (!json.path("references").isEmpty()) {
      throw new SerializationException(
          "Schema id " + id + " refers to other subjects, which is not supported");
    }
    return parse(answer, json, id);
  }

  @Override
  public Optional<RegisteredSchema> latest(String subject) {
    return version(transport.get(subjectPath(subject) + "/versions/latest"));
  }

  @Override
  public boolean isCompatible(String subject, Schema schema) {
    RegistryTransport.Answer answer =
        transport.send(
            "POST", "/compatibility" + subjectPath(subject) + "/versions/latest", request(schema));
    if (isUnknown(answer)) {
      return true;
    }
    JsonNode verdict = accepted(answer).get("is_compatible");
    if (verdict == null || !verdict.isBoolean()) {
      throw notUnderstood(answer, "it has no is_compatible");
    }
    return verdict.booleanValue();
  }

  @Override
  public void setCompatibility(String subject, Compatibility level) {
    byte[] body =
        bytes(JsonNodeFactory.instance.objectNode().put("compatibility", level.name()).toString());
    accepted(transport.send("PUT", "/config/" + segment(subject), body));
  }

  private static Optional<RegisteredSchema> version(RegistryTransport.Answer answer) {
    if (isUnknown(answer)) {
      return Optional.empty();
    }
    JsonNode json = accepted(answer);
    int id = number(answer, json, "id");
    return Optional.of(
        new RegisteredSchema(
            json.path("subject").asText(),
            number(answer, json, "version"),
            id,
            parse(answer, json, id)));
  }

  private static Schema parse(RegistryTransport.Answer answer, JsonNode json, int id) {
    JsonNode text = json.get("schema");
    if (text == null || !text.isTextual()) {
      throw notUnderstood(answer, "it has no schema");
    }
    try {
      // Schemas registered long ago may have defaults that are no longer valid; they still decode.
      return new Schema.Parser().setValidateDefaults(false).parse(text.textValue());
    } catch (AvroRuntimeException e) {
      throw new SerializationException("Schema id " + id + " is not a valid Avro schema", e);
    }
  }

  private static byte[] request(Schema schema) {
    return bytes(JsonNodeFactory.instance.objectNode().put("schema", schema.toString()).toString());
  }

  /**
   * The registry's own 404 (codes 40401 to 40499: subject, version or schema not found). A 404
   * without such a code comes from something else, such as a wrong path, and must not be taken for
   * an unknown schema: that would condemn every good record.
   */
  private static boolean isUnknown(RegistryTransport.Answer answer) {
    if (answer.status() != 404) {
      return false;
    }
    int code = errorCode(answer);
    return code > 40400 && code < 40500;
  }

  private static int errorCode(RegistryTransport.Answer answer) {
    try {
      return JSON.readTree(answer.body()).path("error_code").asInt();
    } catch (JsonProcessingException e) {
      return 0;
    }
  }

  private static JsonNode accepted(RegistryTransport.Answer answer) {
    if (answer.status() / 100 != 2) {
      String hint =
          answer.status() == 404 && errorCode(answer) < 40400
              ? "; is the path in " + RegistrySettings.URL + " that of a registry?"
              : "";
      throw new RegistryRejectedException(
          answer.status(),
          "Schema registry "
              + answer.from()
              + " refused: "
              + answer.status()
              + words(answer)
              + hint);
    }
    try {
      JsonNode json = JSON.readTree(answer.body());
      if (json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      // Said below; the parser's message would only quote the foreign text.
    }
    throw notUnderstood(answer, "it is not a JSON object");
  }

  private static String words(RegistryTransport.Answer answer) {
    try {
      JsonNode message = JSON.readTree(answer.body()).path("message");
      return message.isTextual() ? " " + abridged(message.textValue()) : "";
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private static int number(RegistryTransport.Answer answer, JsonNode json, String field) {
    JsonNode value = json.get(field);
    if (value == null || !value.canConvertToInt()) {
      throw notUnderstood(answer, "it has no " + field);
    }
    return value.intValue();
  }

  private static RegistryUnavailableException notUnderstood(
      RegistryTransport.Answer answer, String why) {
    return new RegistryUnavailableException(
        "The answer of " + answer.from() + " is not a schema registry's: " + why);
  }

  private static String abridged(String text) {
    String printable = text.replaceAll("\\p{Cntrl}+", " ");
    return printable.length() <= QUOTE ? printable : printable.substring(0, QUOTE) + "...";
  }

  private static String subjectPath(String subject) {
    return "/subjects/" + segment(subject);
  }

  private static String segment(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
