package io.tidemark.config;

import java.util.List;
import java.util.Map;

/**
 * Settings given one by one, as {@code key.path=value}. Below a map of the user's own keys the rest
 * of the path is one key, dots and all: {@code kafka.bootstrap.servers=broker:9092}.
 */
final class Overrides {
  static final String ORIGIN = "--set";
  private static final Place PLACE = new Place(ORIGIN, 0);

  private final Shape.Section root;
  private final List<Problem> problems;

  Overrides(Shape.Section root, List<Problem> problems) {
    this.root = root;
    this.problems = problems;
  }

  Tree.Entries read(List<String> settings) {
    Tree.Entries all = new Tree.Entries(Map.of(), PLACE);
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals <= 0) {
        // Not shown: what looks like a key without a value may be a value without its key.
        problems.add(Problem.at(PLACE, "must be key.path=value"));
        continue;
      }
      Tree value = value(setting.substring(equals + 1));
      all = all.mergedWith(nested(root, setting.substring(0, equals), value));
    }
    return all;
  }

  /** Text as it stands, unless it begins as a YAML list, map or quoted text. */
  private Tree value(String text) {
    if (text.isEmpty() || "[{\"'".indexOf(text.charAt(0)) < 0) {
      return new Tree.Text(text, text, PLACE);
    }
    return YamlReader.value(text, ORIGIN, problems);
  }

  private static Tree.Entries nested(Shape shape, String path, Tree value) {
    if (shape instanceof Shape.Section section) {
      for (Shape.Field field : section.fields()) {
        if (path.startsWith(field.key() + ".")) {
          String rest = path.substring(field.key().length() + 1);
          return entry(field.key(), nested(field.shape(), rest, value));
        }
      }
    }
    return entry(path, value);
  }

  private static Tree.Entries entry(String key, Tree value) {
    return new Tree.Entries(Map.of(key, value), PLACE);
  }
}
