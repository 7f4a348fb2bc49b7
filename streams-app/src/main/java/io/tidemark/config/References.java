package io.tidemark.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces <code>${env:NAME}</code> by an environment variable and <code>${file:/path}</code> by
 * the content of a file (at most 64 KiB, one line end at its end dropped), so that secrets stay out
 * of the configuration. <code>$${</code> stands for a literal <code>${</code>.
 */
final class References {
  private static final int LARGEST_FILE = 64 * 1024;
  private static final Pattern REFERENCE = Pattern.compile("\\$(\\$)?\\{([^}]*)(}?)");
  private static final Pattern WHOLE = Pattern.compile("\\$\\{(env|file):[^}]*}");

  private final UnaryOperator<String> environment;
  private final List<Problem> problems;

  References(UnaryOperator<String> environment, List<Problem> problems) {
    this.environment = environment;
    this.problems = problems;
  }

  /** Whether the text is one reference and nothing else, so that showing it tells nothing. */
  static boolean isWhole(String raw) {
    return WHOLE.matcher(raw).matches();
  }

  /** How a text is written so that it is taken as it stands. */
  static String literal(String text) {
    return text.replace("${", "$${");
  }

  /** The map without the values whose references lead nowhere, which are named as problems. */
  Tree.Entries resolve(Tree.Entries map, String path) {
    Map<String, Tree> entries = new LinkedHashMap<>();
    map.entries()
        .forEach(
            (key, value) ->
                resolve(value, Keys.join(path, key)).ifPresent(tree -> entries.put(key, tree)));
    return new Tree.Entries(entries, map.place());
  }

  private Optional<Tree> resolve(Tree tree, String path) {
    if (tree instanceof Tree.Entries map) {
      return Optional.of(resolve(map, path));
    }
    if (tree instanceof Tree.Items list) {
      List<Tree> items = new ArrayList<>();
      list.items().forEach(item -> resolve(item, path).ifPresent(items::add));
      return Optional.of(new Tree.Items(items, list.place()));
    }
    if (tree instanceof Tree.Text text) {
      try {
        return Optional.of(new Tree.Text(text.raw(), resolved(text.raw()), text.place()));
      } catch (IllegalArgumentException e) {
        problems.add(Problem.at(text.place(), Problem.clip(path) + ": " + e.getMessage()));
        return Optional.empty();
      }
    }
    return Optional.of(tree);
  }

  private String resolved(String raw) {
    Matcher matcher = REFERENCE.matcher(raw);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      boolean literal = matcher.group(1) != null;
      String replacement =
          literal
              ? matcher.group().substring(1)
              : target(matcher.group(2), !matcher.group(3).isEmpty());
      matcher.appendReplacement(result, Matcher.quoteReplacement(replacement));
    }
    return matcher.appendTail(result).toString();
  }

  private String target(String reference, boolean closed) {
    if (closed && reference.startsWith("env:")) {
      String name = reference.substring("env:".length());
      String value = environment.apply(name);
      if (value == null) {
        throw new IllegalArgumentException(
            "environment variable is not set: " + Problem.clip(name));
      }
      return value;
    }
    if (closed && reference.startsWith("file:")) {
      return content(reference.substring("file:".length()));
    }
    throw new IllegalArgumentException(
        "a reference must be ${env:NAME} or ${file:/path}, and a literal ${ must be written $${");
  }

  private static String content(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "the path of a ${file:...} must be absolute: " + Problem.clip(path));
    }
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
      if (bytes.length > LARGEST_FILE) {
        throw new IllegalArgumentException(
            "a referenced file must be at most " + LARGEST_FILE + " bytes: " + Problem.clip(path));
      }
      String content = new String(bytes, StandardCharsets.UTF_8);
      return content.replaceFirst("\r?\n\\z", "");
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read referenced file: " + Problem.clip(path), e);
    }
  }
}
