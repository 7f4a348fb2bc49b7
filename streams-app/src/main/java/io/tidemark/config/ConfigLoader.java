package io.tidemark.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Reads a configuration: defaults, then the file, then overrides, then references. */
public final class ConfigLoader {
  /** In bytes; a character takes at least one. */
  private static final int LARGEST_FILE = YamlReader.MOST_CHARACTERS;

  private ConfigLoader() {}

  /**
   * A configuration that is complete and valid.
   *
   * @param file a YAML file in UTF-8, {@code null} for none
   * @param overrides settings of the form {@code key.path=value}, later ones winning
   * @param environment value of an environment variable, {@code null} when it is not set
   * @throws ConfigException with every problem found
   */
  public static LoadedConfig load(
      Path file, List<String> overrides, UnaryOperator<String> environment) {
    String name = file == null ? "" : String.valueOf(file.getFileName());
    return read(file == null ? "" : content(file), name, overrides, environment);
  }

  static LoadedConfig read(
      String yaml, String name, List<String> overrides, UnaryOperator<String> environment) {
    Loaded loaded = bind(Config.shape(), Config.defaults(), yaml, name, overrides, environment);
    return new LoadedConfig((Config) loaded.record(), loaded.references());
  }

  /** Any record of settings, with its references. */
  record Loaded(Object record, Map<String, String> references) {}

  static Loaded bind(
      Shape.Section shape,
      Object defaults,
      String yaml,
      String name,
      List<String> overrides,
      UnaryOperator<String> environment) {
    List<Problem> problems = new ArrayList<>();
    Tree.Entries written = YamlReader.file(yaml, name, problems);
    Tree.Entries all = written.mergedWith(new Overrides(shape, problems).read(overrides));
    // Resolved after merging: what an override replaces need not be readable.
    Tree.Entries resolved = new References(environment, problems).resolve(all, "");
    Binder binder = new Binder(shape, problems);
    Object record = binder.bind(defaults, resolved);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return new Loaded(record, binder.references());
  }

  private static String content(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
      if (bytes.length > LARGEST_FILE) {
        throw ConfigException.of(
            new Problem(file.toString(), "must be at most " + LARGEST_FILE + " bytes"));
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw ConfigException.of(new Problem(file.toString(), "must be UTF-8"));
    } catch (IOException e) {
      String reason = Files.exists(file) ? "cannot be read" : "no such file";
      throw ConfigException.of(new Problem(file.toString(), reason));
    }
  }
}
