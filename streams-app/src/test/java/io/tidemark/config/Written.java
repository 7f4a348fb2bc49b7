package io.tidemark.config;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;

/** Configurations as tests write them. */
final class Written {
  static final String FILE = "tidemark.yaml";

  private Written() {}

  static LoadedConfig loaded(String yaml, String... overrides) {
    return loaded(Map.of(), yaml, overrides);
  }

  static LoadedConfig loaded(Map<String, String> environment, String yaml, String... overrides) {
    return ConfigLoader.read(yaml, FILE, List.of(overrides), environment::get);
  }

  static Config config(String yaml, String... overrides) {
    return loaded(yaml, overrides).config();
  }

  /** The problems, one string each. */
  static List<String> problems(String yaml, String... overrides) {
    ConfigException e = assertThrows(ConfigException.class, () -> loaded(yaml, overrides));
    return e.problems().stream().map(Problem::toString).toList();
  }
}
