package io.tidemark.config;

import java.util.Map;

/**
 * A configuration and how its references were written, without which it could not be shown.
 *
 * @param config what the program works with; its texts hold the resolved secrets
 * @param references values that held a reference, as written, by key path
 */
public record LoadedConfig(Config config, Map<String, String> references) {

  /**
   * The whole configuration with its defaults as YAML. References are shown as written, literal
   * secrets as {@code ********}; without the latter, loading the result gives an equal
   * configuration.
   *
   * @param commented whether each key is preceded by its meaning
   */
  public String print(boolean commented) {
    return YamlWriter.write(Config.shape(), config, references, commented);
  }

  @Override
  public String toString() {
    return print(false);
  }
}
