package io.tidemark.config;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes a configuration as YAML that reads back equal, secrets aside. Pure ASCII, so that no
 * terminal's or file's encoding can change it.
 */
final class YamlWriter {
  private static final int WIDTH = 100;
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z/][A-Za-z0-9/_.-]*|[0-9a-f][0-9a-f.:]*/[0-9]+");
  private static final Pattern GUESSED = Pattern.compile("(?i)null|true|false|yes|no|on|off|y|n");

  private final Map<String, String> references;
  private final boolean commented;
  private final StringBuilder out = new StringBuilder();

  private YamlWriter(Map<String, String> references, boolean commented) {
    this.references = references;
    this.commented = commented;
  }

  /**
   * @param references values that held a reference, as they were written, by path
   * @param commented whether each key is preceded by its meaning
   */
  static String write(
      Shape.Section root, Object record, Map<String, String> references, boolean commented) {
    YamlWriter writer = new YamlWriter(references, commented);
    writer.section(root, record, "", "");
    return writer.out.toString();
  }

  /** One value of a scalar, list or map on one line. */
  static String inline(Shape shape, Object value) {
    YamlWriter writer = new YamlWriter(Map.of(), false);
    if (shape instanceof Shape.Scalar scalar) {
      return writer.scalar(scalar, value, "");
    }
    if (shape instanceof Shape.Items) {
      return writer.items((List<?>) value, "");
    }
    Shape inner = ((Shape.Entries) shape).value();
    return ((Map<?, ?>) value)
        .entrySet().stream()
            .map(entry -> quoted((String) entry.getKey()) + ": " + inline(inner, entry.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
  }

  private void section(Shape.Section section, Object record, String path, String indent) {
    for (Shape.Field field : section.fields()) {
      if (commented) {
        comment(field.meaning(), indent);
      }
      Object value = field.get().apply(record);
      value(field.shape(), field.key(), value, Keys.join(path, field.key()), indent);
      if (commented && indent.isEmpty()) {
        out.append('\n');
      }
    }
  }

  private void value(Shape shape, String key, Object value, String path, String indent) {
    out.append(indent).append(quoted(key)).append(':');
    if (shape instanceof Shape.Scalar scalar) {
      out.append(' ').append(scalar(scalar, value, path)).append('\n');
    } else if (shape instanceof Shape.Items) {
      out.append(' ').append(items((List<?>) value, path)).append('\n');
    } else if (shape instanceof Shape.Section section) {
      out.append(section.fields().isEmpty() ? " {}\n" : "\n");
      section(section, value, path, indent + "  ");
    } else {
      Map<?, ?> map = (Map<?, ?>) value;
      out.append(map.isEmpty() ? " {}\n" : "\n");
      Shape inner = ((Shape.Entries) shape).value();
      map.forEach(
          (k, v) -> value(inner, (String) k, v, Keys.join(path, (String) k), indent + "  "));
    }
  }

  private String items(Collection<?> values, String path) {
    int[] index = {0};
    return values.stream()
        .map(value -> text((String) value, path + "[" + index[0]++ + "]"))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private String scalar(Shape.Scalar scalar, Object value, String path) {
    if (scalar.text()) {
      return text((String) value, path);
    }
    String raw = references.get(path);
    return raw == null ? scalar.print().apply(value) : quoted(raw);
  }

  private String text(String value, String path) {
    String raw = references.get(path);
    if (raw != null && (References.isWhole(raw) || !Secrets.isSecret(path))) {
      return quoted(Secrets.isSecret(path) ? raw : Secrets.masked(path, raw));
    }
    return quoted(Secrets.masked(path, raw == null ? References.literal(value) : raw));
  }

  private void comment(String text, String indent) {
    StringBuilder line = new StringBuilder(indent).append('#');
    for (String word : text.split(" ", -1)) {
      if (line.length() + 1 + word.length() > WIDTH) {
        out.append(line).append('\n');
        line = new StringBuilder(indent).append('#');
      }
      line.append(' ').append(word);
    }
    out.append(line).append('\n');
  }

  /** Plain where nobody could take it for anything but text, else in double quotes. */
  static String quoted(String text) {
    if (PLAIN.matcher(text).matches() && !GUESSED.matcher(text).matches()) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7f) {
        quoted.append(c);
      } else {
        quoted.append(String.format("\\u%04x", (int) c));
      }
    }
    return quoted.append('"').toString();
  }
}
