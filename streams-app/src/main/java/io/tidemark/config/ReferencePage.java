package io.tidemark.config;

/** The reference page of every key, as Markdown: one table per section. */
final class ReferencePage {
  private static final String HEAD =
      """
      # Configuration

      <!-- Generated: tidemark config docs > docs/configuration.md -->

      One YAML file, given with `--config FILE`; every key has a default, and a key that is not listed here
      is an error. `--set key.path=value` overrides one key and may be repeated. A value that begins with `[`,
      `{` or a quote is read as YAML, any other is taken as it stands. Below a map of your own keys the
      rest of the path is one key: `--set kafka.bootstrap.servers=broker:9092`.

      * Durations are a whole number and a unit: `500ms`, `10s`, `5m`, `24h`, `7d`.
      * Maps are merged with their defaults key by key; lists replace their defaults.
      * `${env:NAME}` in a value stands for an environment variable, `${file:/path}` for the content of a file of
        at most 64 KiB without its last line end. A literal `${` is written `$${`.
      * `tidemark config print` shows references as they are written, and `********` for the value of a key that
        looks secret (password, secret, token, user.info, jaas, credential, private key).
      * A file may have 256 Ki characters, 32 levels and 10 aliases; duplicate keys, tags and `<<` are errors.
      * `tidemark config check` names every problem found, with its line, and ends with exit code 78 if there is one.
      """;

  private final StringBuilder out = new StringBuilder(HEAD);

  private ReferencePage() {}

  static String write(Shape.Section root, Object defaults) {
    ReferencePage page = new ReferencePage();
    for (Shape.Field field : root.fields()) {
      page.top(field, field.get().apply(defaults));
    }
    return page.out.toString();
  }

  private void top(Shape.Field field, Object value) {
    if (field.shape() instanceof Shape.Section section) {
      section(section, value, field.key(), field.meaning());
    } else {
      heading(field.key(), field.meaning());
      tableHead();
      row(field, value, field.key());
    }
  }

  private void section(Shape.Section section, Object record, String path, String meaning) {
    if (section.fields().isEmpty()) {
      return;
    }
    heading(path, meaning);
    if (section.fields().stream().anyMatch(field -> !(field.shape() instanceof Shape.Section))) {
      tableHead();
    }
    for (Shape.Field field : section.fields()) {
      if (!(field.shape() instanceof Shape.Section)) {
        row(field, field.get().apply(record), Keys.join(path, field.key()));
      }
    }
    for (Shape.Field field : section.fields()) {
      if (field.shape() instanceof Shape.Section inner) {
        section(inner, field.get().apply(record), Keys.join(path, field.key()), field.meaning());
      }
    }
  }

  private void heading(String path, String meaning) {
    out.append("\n## ").append(path).append("\n\n").append(meaning).append('\n');
  }

  private void tableHead() {
    out.append("\n| key | default | type | meaning |\n|---|---|---|---|\n");
  }

  private void row(Shape.Field field, Object value, String path) {
    out.append("| `").append(path).append("` | ");
    out.append(shown(field, value)).append(" | ");
    out.append(field.shape().typeName()).append(" | ");
    out.append(field.meaning().replace("|", "\\|")).append(" |\n");
  }

  private static String shown(Shape.Field field, Object value) {
    return "`" + YamlWriter.inline(field.shape(), value) + "`";
  }
}
