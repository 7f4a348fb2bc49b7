package io.tidemark.config;

import io.tidemark.setting.Setting;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How records of public topics are written. */
public record SerdeSettings(
    @Setting(
            "Java class of the serde for public topics; a class with a no-argument constructor"
                + " implementing Kafka's Serde.")
        String className,
    @Setting("Handed to the serde unchanged, such as schema.registry.url.")
        Map<String, String> settings) {

  /** The one that needs {@link #REGISTRY_URL}. */
  public static final String AVRO = "io.tidemark.schemas.registry.AvroSerde";

  public static final String REGISTRY_URL = "schema.registry.url";

  public SerdeSettings {
    Require.that(
        className.matches("\\p{javaJavaIdentifierStart}[\\p{javaJavaIdentifierPart}.]*"),
        "class-name",
        "must be the full name of a class",
        className);
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    settings.keySet().forEach(key -> Require.notBlank("settings", key));
  }

  public static SerdeSettings defaults() {
    return new SerdeSettings(AVRO, Map.of());
  }

  /** Without the values of secrets. */
  @Override
  public String toString() {
    return "SerdeSettings[className=" + className + ", settings=" + Secrets.masked(settings) + "]";
  }
}
