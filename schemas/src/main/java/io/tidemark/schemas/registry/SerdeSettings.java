package io.tidemark.schemas.registry;

import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * How the serde uses the registry. Names are Confluent's, and so are the defaults but for {@code
 * avro.remove.java.properties}.
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><th>setting<th>default<th>meaning
 * <tr><td>auto.register.schemas<td>true<td>register a record's schema when it is first written
 * <tr><td>use.latest.version<td>false<td>without registration: write with the subject's latest
 *     version, into which the record must resolve
 * <tr><td>latest.compatibility.strict<td>true<td>false is refused
 * <tr><td>key.subject.name.strategy, value.subject.name.strategy<td>TopicNameStrategy<td>also
 *     RecordNameStrategy and TopicRecordNameStrategy, by Confluent's class names or in short
 * <tr><td>specific.avro.reader<td>false<td>read into the generated class of the schema's name
 * <tr><td>specific.avro.key.type, specific.avro.value.type<td><td>read into this generated class
 * <tr><td>avro.remove.java.properties<td>true<td>leave avro.java.string out of what is registered
 * </table>
 *
 * <p>Generated classes other than Tidemark's have to be trusted by Avro's own means, such as the
 * system property org.apache.avro.SERIALIZABLE_PACKAGES; Avro makes no instances of them otherwise.
 */
record SerdeSettings(
    boolean isKey,
    boolean autoRegister,
    boolean useLatest,
    SubjectNaming naming,
    boolean specific,
    Optional<Class<? extends SpecificRecord>> type,
    boolean removeJavaProperties,
    ClassLoader classes) {

  static final String AUTO_REGISTER = "auto.register.schemas";

  static SerdeSettings from(Map<String, ?> map, boolean isKey) {
    Settings settings = new Settings(map);
    if (!settings.flag("latest.compatibility.strict", true)) {
      throw new ConfigException(
          "latest.compatibility.strict", "false", "a record must resolve into the latest version");
    }
    String side = isKey ? "key" : "value";
    String naming = side + ".subject.name.strategy";
    String type = "specific.avro." + side + ".type";
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader classes = context == null ? SerdeSettings.class.getClassLoader() : context;
    return new SerdeSettings(
        isKey,
        settings.flag(AUTO_REGISTER, true),
        settings.flag("use.latest.version", false),
        settings
            .text(naming)
            .map(name -> SubjectNaming.of(naming, name))
            .orElse(SubjectNaming.TOPIC),
        settings.flag("specific.avro.reader", false),
        settings.text(type).map(name -> generated(type, name, classes)),
        settings.flag("avro.remove.java.properties", true),
        classes);
  }

  /** The generated class to read a schema's records into, or nothing for generic records. */
  Optional<Class<? extends SpecificRecord>> readerClass(int id, Schema writer) {
    if (type.isPresent() || !specific) {
      return type;
    }
    String missing =
        "There is no generated class for " + writer.getFullName() + " of schema id " + id;
    try {
      Class<?> found = new SpecificData(classes).getClass(writer);
      if (found != null && SpecificRecord.class.isAssignableFrom(found)) {
        return Optional.of(found.asSubclass(SpecificRecord.class));
      }
    } catch (SecurityException e) {
      throw new SerializationException(missing + " that may be used: " + e.getMessage(), e);
    }
    throw new SerializationException(missing);
  }

  private static Class<? extends SpecificRecord> generated(
      String setting, String name, ClassLoader classes) {
    try {
      return Class.forName(name, true, classes).asSubclass(SpecificRecord.class);
    } catch (ClassNotFoundException | ClassCastException e) {
      throw new ConfigException(setting, name, "is not a class that Avro generated");
    }
  }
}
