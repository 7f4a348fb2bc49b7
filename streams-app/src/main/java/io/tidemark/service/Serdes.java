package io.tidemark.service;

import io.tidemark.config.ConfigException;
import io.tidemark.config.Problem;
import io.tidemark.config.SerdeSettings;
import io.tidemark.topology.TidemarkTopology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/** Makes serdes of the configured class for the values of public topics. */
public final class Serdes implements TidemarkTopology.SerdeFactory {

  private static final String SPECIFIC = "specific.avro.reader";
  private static final String VALUE_TYPE = "specific.avro.value.type";

  private final Class<?> type;
  private final Map<String, String> settings;

  /**
   * @throws ConfigException if the class cannot be used
   */
  public Serdes(SerdeSettings configured) {
    try {
      type = Class.forName(configured.className());
    } catch (ClassNotFoundException e) {
      throw wrong("no such class on the class path", configured.className());
    }
    if (!Serde.class.isAssignableFrom(type)) {
      throw wrong("must implement org.apache.kafka.common.serialization.Serde", type.getName());
    }
    settings = configured.settings();
  }

  @Override
  public <T extends SpecificRecord> Serde<T> values(Class<T> value) {
    Map<String, String> all = new HashMap<>();
    all.put(SPECIFIC, "true");
    all.put(VALUE_TYPE, value.getName());
    all.putAll(settings);
    try {
      @SuppressWarnings("unchecked") // What it reads is checked when it is used.
      Serde<T> serde = (Serde<T>) type.getConstructor().newInstance();
      serde.configure(all, false);
      return serde;
    } catch (ReflectiveOperationException e) {
      throw wrong("cannot be made (" + e + ")", type.getName());
    }
  }

  private static ConfigException wrong(String rule, String value) {
    return new ConfigException(List.of(Problem.missing("serde.class-name " + rule + ": " + value)));
  }
}
