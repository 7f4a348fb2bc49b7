package io.tidemark.config;

import io.tidemark.setting.Setting;

/**
 * Parameters of something that can be switched off. In the configuration {@code enabled} stands
 * beside the keys of the parameters.
 *
 * @param <T> a record whose components are settings
 */
public record Switched<T extends Record>(
    @Setting("Whether it runs: true or false.") boolean enabled,
    @Setting("Its parameters.") T settings) {

  public static <T extends Record> Switched<T> on(T settings) {
    return new Switched<>(true, settings);
  }

  public static <T extends Record> Switched<T> off(T settings) {
    return new Switched<>(false, settings);
  }
}
