package io.tidemark.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A setting that is a number or a length of time, and what the configuration would be with another
 * value of it. Durations are milliseconds here.
 */
public final class NumericSetting {

  private final String key;
  private final List<Shape.Field> path;
  private final Kind kind;

  private enum Kind {
    INT,
    LONG,
    DOUBLE,
    DURATION
  }

  private NumericSetting(String key, List<Shape.Field> path, Kind kind) {
    this.key = key;
    this.path = path;
    this.kind = kind;
  }

  /**
   * All that lie below a section of a configuration.
   *
   * @param section dotted path, such as {@code detectors.port-scan}
   */
  public static List<NumericSetting> below(Config config, String section) {
    List<NumericSetting> found = new ArrayList<>();
    collect(Config.shape(), config, "", List.of(), found);
    return found.stream().filter(each -> each.key.startsWith(section + ".")).toList();
  }

  /** Dotted path, such as {@code detectors.port-scan.ports}. */
  public String key() {
    return key;
  }

  /** Whether it is a whole number. */
  public boolean whole() {
    return kind == Kind.INT || kind == Kind.LONG;
  }

  /** Whether it is a length of time. */
  public boolean duration() {
    return kind == Kind.DURATION;
  }

  public double value(Config config) {
    Object value = config;
    for (Shape.Field field : path) {
      value = field.get().apply(value);
    }
    return value instanceof Duration duration
        ? duration.toMillis()
        : ((Number) value).doubleValue();
  }

  /** The configuration with another value; empty where that is not valid. */
  public Optional<Config> with(Config config, double value) {
    if (!Double.isFinite(value)) {
      return Optional.empty();
    }
    try {
      return Optional.of((Config) replaced(Config.shape(), config, 0, typed(value)));
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** A value as it is written after {@code --set}, such as {@code 40} or {@code 7d}. */
  public String text(double value) {
    return switch (kind) {
      case INT, LONG -> Long.toString((long) value);
      case DOUBLE -> {
        BigDecimal exact = BigDecimal.valueOf(value);
        yield exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
      }
      case DURATION -> DurationText.print(Duration.ofMillis((long) value));
    };
  }

  private Object typed(double value) {
    return switch (kind) {
      case INT -> {
        if (Math.abs(value) > Integer.MAX_VALUE) {
          throw new ArithmeticException(key + " is out of range: " + value);
        }
        yield (int) value;
      }
      case LONG -> (long) value;
      case DOUBLE -> value;
      case DURATION -> {
        if (value < 0) {
          throw new ArithmeticException(key + " is negative: " + value);
        }
        yield Duration.ofMillis((long) value);
      }
    };
  }

  private Object replaced(Shape.Section section, Object record, int depth, Object value) {
    List<Object> values = new ArrayList<>();
    for (Shape.Field field : section.fields()) {
      Object old = field.get().apply(record);
      if (!field.key().equals(path.get(depth).key())) {
        values.add(old);
      } else if (depth == path.size() - 1) {
        values.add(value);
      } else {
        values.add(replaced((Shape.Section) field.shape(), old, depth + 1, value));
      }
    }
    return section.construct().apply(values);
  }

  private static void collect(
      Shape.Section section,
      Object record,
      String prefix,
      List<Shape.Field> above,
      List<NumericSetting> found) {
    for (Shape.Field field : section.fields()) {
      List<Shape.Field> path = new ArrayList<>(above);
      path.add(field);
      String key = Keys.join(prefix, field.key());
      Object value = field.get().apply(record);
      if (field.shape() instanceof Shape.Section inner) {
        collect(inner, value, key, path, found);
      } else if (value instanceof Integer) {
        found.add(new NumericSetting(key, path, Kind.INT));
      } else if (value instanceof Long) {
        found.add(new NumericSetting(key, path, Kind.LONG));
      } else if (value instanceof Double) {
        found.add(new NumericSetting(key, path, Kind.DOUBLE));
      } else if (value instanceof Duration) {
        found.add(new NumericSetting(key, path, Kind.DURATION));
      }
    }
  }
}
