package io.tidemark.schemas.registry;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** Typed reads from the map Kafka hands to a serde, where values may be typed or still strings. */
record Settings(Map<String, ?> map) {

  Optional<String> text(String name) {
    Object value = map.get(name);
    if (value instanceof Password password) {
      value = password.value();
    } else if (value instanceof Class<?> type) {
      value = type.getName();
    }
    return Optional.ofNullable(value).map(Object::toString).map(String::strip);
  }

  List<String> list(String name) {
    Object value = map.get(name);
    List<?> parts =
        value instanceof List<?> list ? list : Arrays.asList(text(name).orElse("").split(",", -1));
    return parts.stream()
        .map(String::valueOf)
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }

  boolean flag(String name, boolean otherwise) {
    String value = text(name).orElse(Boolean.toString(otherwise));
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new ConfigException(name, value, "must be true or false");
    };
  }

  long number(String name, long otherwise, long least, long most) {
    String value = text(name).orElse(Long.toString(otherwise));
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, together with the range.
    }
    throw new ConfigException(name, value, "must be a number from " + least + " to " + most);
  }

  /** The value of a setting that must not be shown, so that a missing one is all that is said. */
  String secret(String name, String neededFor) {
    return text(name)
        .filter(s -> !s.isEmpty())
        .orElseThrow(
            () -> new ConfigException(name + " is missing, which " + neededFor + " needs"));
  }
}
