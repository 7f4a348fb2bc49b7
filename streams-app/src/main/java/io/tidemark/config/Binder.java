package io.tidemark.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns what was written into records: the defaults, with every written value in the place of its
 * default. Collects problems and goes on, so that one run names them all.
 */
final class Binder {
  private final Shape.Section root;
  private final List<Problem> problems;
  private final Map<String, String> references = new LinkedHashMap<>();

  /** What references stand for, and how they were written: messages show only the latter. */
  private final Map<String, String> resolved = new LinkedHashMap<>();

  Binder(Shape.Section root, List<Problem> problems) {
    this.root = root;
    this.problems = problems;
  }

  Object bind(Object defaults, Tree.Entries written) {
    return section(root, defaults, written, "");
  }

  /** Values that held a reference, as written, by path. */
  Map<String, String> references() {
    return Collections.unmodifiableMap(references);
  }

  private Object value(Shape shape, Object fallback, Tree tree, String path) {
    if (shape instanceof Shape.Scalar scalar) {
      return scalar(scalar, fallback, tree, path);
    }
    // A section whose every line is commented out is a key without a value.
    if (tree instanceof Tree.Nothing) {
      return fallback;
    }
    if (shape instanceof Shape.Items) {
      return items(fallback, tree, path);
    }
    if (!(tree instanceof Tree.Entries entries)) {
      problem(tree, path + " must be a map: " + shown(tree, path));
      return fallback;
    }
    return shape instanceof Shape.Section section
        ? section(section, fallback, entries, path)
        : map((Shape.Entries) shape, (Map<?, ?>) fallback, entries, path);
  }

  private Object scalar(Shape.Scalar scalar, Object fallback, Tree tree, String path) {
    if (tree instanceof Tree.Nothing) {
      problem(tree, path + " has no value" + (scalar.text() ? "; empty text is \"\"" : ""));
      return fallback;
    }
    if (!(tree instanceof Tree.Text text)) {
      problem(tree, path + " must be a single value, not " + shown(tree, path));
      return fallback;
    }
    if (text.raw().contains(Secrets.MASK)) {
      problem(
          tree,
          path + " holds the mask shown in place of a secret, not the secret: " + Secrets.MASK);
      return fallback;
    }
    if (text.hasReference()) {
      references.put(path, text.raw());
      resolved.put(text.text(), text.raw());
    }
    try {
      return scalar.parse().apply(text.text());
    } catch (IllegalArgumentException e) {
      problem(tree, path + " " + e.getMessage() + ": " + shown(tree, path));
      return fallback;
    }
  }

  private Object items(Object fallback, Tree tree, String path) {
    if (!(tree instanceof Tree.Items list)) {
      problem(tree, path + " must be a list such as [a, b]: " + shown(tree, path));
      return fallback;
    }
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      items.add(scalar(Scalars.of(String.class), "", list.items().get(i), path + "[" + i + "]"));
    }
    return Collections.unmodifiableList(items);
  }

  private Object map(Shape.Entries shape, Map<?, ?> fallback, Tree.Entries tree, String path) {
    Map<Object, Object> map = new LinkedHashMap<>(fallback);
    tree.entries()
        .forEach(
            (key, written) -> {
              Object before =
                  map.getOrDefault(key, shape.value() instanceof Shape.Items ? List.of() : "");
              int known = problems.size();
              Object value = value(shape.value(), before, written, Keys.join(path, key));
              // What is wrong is left out: the text that stands in for it is of no number's type.
              if (problems.size() == known) {
                map.put(key, value);
              }
            });
    return Collections.unmodifiableMap(map);
  }

  private Object section(Shape.Section section, Object fallback, Tree.Entries tree, String path) {
    List<Object> values = new ArrayList<>();
    Set<String> failed = new HashSet<>();
    for (Map.Entry<String, Tree> entry : tree.entries().entrySet()) {
      if (!section.keys().contains(entry.getKey())) {
        problem(entry.getValue(), unknown(section, path, entry.getKey()));
      }
    }
    for (Shape.Field field : section.fields()) {
      Object before = field.get().apply(fallback);
      Tree written = tree.entries().get(field.key());
      if (written == null) {
        values.add(before);
        continue;
      }
      int known = problems.size();
      values.add(value(field.shape(), before, written, Keys.join(path, field.key())));
      if (problems.size() > known) {
        failed.add(field.key());
      }
    }
    return construct(section, fallback, values, failed, tree, path);
  }

  /**
   * A record names one problem at a time. The value it names is then replaced by its default and
   * the record tried again, at most once per key, to find the others.
   */
  private Object construct(
      Shape.Section section,
      Object fallback,
      List<Object> values,
      Set<String> failed,
      Tree.Entries tree,
      String path) {
    Set<String> replaced = new HashSet<>();
    while (true) {
      try {
        return section.construct().apply(values);
      } catch (IllegalArgumentException e) {
        String message = String.valueOf(e.getMessage());
        // A value already found wrong stands in by its default, which may not suit the others.
        if (failed.stream().noneMatch(message::contains)) {
          problem(placeOf(message, tree), ruled(message, path));
        }
        Optional<Shape.Field> named = namedBy(message, section);
        if (named.isEmpty() || !replaced.add(named.get().key())) {
          return fallback;
        }
        values.set(section.fields().indexOf(named.get()), named.get().get().apply(fallback));
      }
    }
  }

  private static Optional<Shape.Field> namedBy(String message, Shape.Section section) {
    return section.fields().stream().filter(field -> begins(message, field.key())).findFirst();
  }

  private static boolean begins(String message, String key) {
    return message.equals(key)
        || (message.startsWith(key) && " .,[:".indexOf(message.charAt(key.length())) >= 0);
  }

  /** The innermost written key that the message begins with, else the section itself. */
  private static Tree placeOf(String message, Tree.Entries tree) {
    for (Map.Entry<String, Tree> entry : tree.entries().entrySet()) {
      String key = entry.getKey();
      if (begins(message, key)) {
        return entry.getValue() instanceof Tree.Entries inner && message.startsWith(key + ".")
            ? placeOf(message.substring(key.length() + 1), inner)
            : entry.getValue();
      }
    }
    return tree;
  }

  /** A record's own words, with the whole path before and what must not be shown taken out. */
  private String ruled(String message, String path) {
    int colon = message.indexOf(": ");
    String rule = colon < 0 ? message : message.substring(0, colon);
    String value = colon < 0 ? "" : DurationText.asWritten(message.substring(colon + 2));
    String key = Keys.join(path, rule.split("[ ,\\[]", 2)[0]);
    if (Secrets.isSecret(key)) {
      value = Secrets.MASK;
    } else {
      for (Map.Entry<String, String> reference : resolved.entrySet()) {
        if (!reference.getKey().isEmpty()) {
          value = value.replace(reference.getKey(), reference.getValue());
        }
      }
    }
    return Keys.join(path, rule) + (colon < 0 ? "" : ": " + Problem.clip(value));
  }

  private String unknown(Shape.Section section, String path, String key) {
    String message = "unknown key " + Problem.clip(Keys.join(path, key));
    return Keys.nearest(key, section.keys())
        .map(near -> Keys.join(path, near))
        .or(() -> elsewhere(root, "", key))
        .map(near -> message + ", did you mean " + near + "?")
        .orElse(message);
  }

  /** The first key of this very name in any section. */
  private static Optional<String> elsewhere(Shape.Section section, String path, String key) {
    for (Shape.Field field : section.fields()) {
      String inner = Keys.join(path, field.key());
      if (field.key().equals(key)) {
        return Optional.of(inner);
      }
      if (field.shape() instanceof Shape.Section deeper) {
        Optional<String> found = elsewhere(deeper, inner, key);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static String shown(Tree tree, String path) {
    if (tree instanceof Tree.Text text) {
      return text.hasReference()
          ? Problem.clip(text.raw())
          : Secrets.masked(path, Problem.clip(text.raw()));
    }
    return tree instanceof Tree.Items
        ? "a list"
        : tree instanceof Tree.Entries ? "a map" : "nothing";
  }

  private void problem(Tree where, String text) {
    problems.add(Problem.at(where.place(), text));
  }
}
