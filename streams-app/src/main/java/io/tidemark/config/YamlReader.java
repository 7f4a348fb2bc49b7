package io.tidemark.config;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads YAML as far as its nodes: no types are guessed and no tag is ever acted upon. At most 256
 * Ki characters, 32 levels and 10 aliases of collections; the last bounds what aliases can multiply
 * to a factor of about 40.
 */
final class YamlReader {
  static final int MOST_CHARACTERS = 256 * 1024;
  static final int DEEPEST = 32;
  static final int MOST_ALIASES = 10;

  private static final Set<Tag> PLAIN_TAGS =
      Set.of(
          Tag.STR,
          Tag.INT,
          Tag.FLOAT,
          Tag.BOOL,
          Tag.NULL,
          Tag.TIMESTAMP,
          Tag.SEQ,
          Tag.MAP,
          Tag.MERGE);

  private final String file;
  private final int line;
  private final List<Problem> problems;
  private final Deque<Node> path = new ArrayDeque<>();

  private YamlReader(String file, int line, List<Problem> problems) {
    this.file = file;
    this.line = line;
    this.problems = problems;
  }

  /**
   * The whole of a file, which must hold one map or nothing.
   *
   * @param problems receives what is wrong with single keys
   * @throws ConfigException when the text cannot be read at all
   */
  static Tree.Entries file(String text, String file, List<Problem> problems) {
    Tree tree = new YamlReader(file, 1, problems).read(text);
    if (tree instanceof Tree.Entries entries) {
      return entries;
    }
    if (tree instanceof Tree.Nothing) {
      return new Tree.Entries(Map.of(), tree.place());
    }
    throw ConfigException.of(
        Problem.at(tree.place(), "a configuration must be a map of keys to values"));
  }

  /** One value of an override, which has no lines. */
  static Tree value(String text, String origin, List<Problem> problems) {
    return new YamlReader(origin, 0, problems).read(text);
  }

  private Tree read(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw ConfigException.of(
          new Problem(
              file, "must be at most " + MOST_CHARACTERS + " characters: " + text.length()));
    }
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(MOST_CHARACTERS);
    limits.setNestingDepthLimit(DEEPEST);
    limits.setMaxAliasesForCollections(MOST_ALIASES);
    Node root;
    try {
      root = new Yaml(limits).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      // The exception's own text quotes the lines around, which may hold a secret.
      Place place =
          line == 0 || e.getProblemMark() == null ? nowhere() : at(e.getProblemMark().getLine());
      throw ConfigException.of(Problem.at(place, "not valid YAML: " + e.getProblem()));
    } catch (YAMLException e) {
      throw ConfigException.of(
          Problem.at(nowhere(), "not valid YAML: " + Problem.clip(String.valueOf(e.getMessage()))));
    }
    return root == null ? new Tree.Nothing(nowhere()) : tree(root, place(root));
  }

  private Tree tree(Node node, Place place) {
    if (path.contains(node)) {
      throw ConfigException.of(Problem.at(place, "an alias must not contain itself"));
    }
    if (!PLAIN_TAGS.contains(node.getTag())) {
      problems.add(
          Problem.at(place, "tags are not supported: " + Problem.clip(node.getTag().getValue())));
    }
    path.push(node);
    try {
      if (node instanceof MappingNode mapping) {
        return entries(mapping, place);
      }
      if (node instanceof SequenceNode sequence) {
        List<Tree> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
          items.add(tree(item, place(item)));
        }
        return new Tree.Items(items, place);
      }
      if (node.getTag().equals(Tag.NULL)) {
        return new Tree.Nothing(place);
      }
      String text = ((ScalarNode) node).getValue();
      return new Tree.Text(text, text, place);
    } finally {
      path.pop();
    }
  }

  private Tree.Entries entries(MappingNode mapping, Place place) {
    Map<String, Tree> entries = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      Place keyPlace = place(entry.getKeyNode());
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        problems.add(Problem.at(keyPlace, "a key must be text, not a list or a map"));
        continue;
      }
      if (key.getTag().equals(Tag.MERGE)) {
        problems.add(Problem.at(keyPlace, "merging with << is not supported"));
        continue;
      }
      Tree value = tree(entry.getValueNode(), keyPlace);
      Tree earlier = entries.putIfAbsent(key.getValue(), value);
      if (earlier != null) {
        problems.add(
            Problem.at(
                keyPlace,
                "duplicate key "
                    + Problem.clip(key.getValue())
                    + ", first given at "
                    + earlier.place()));
      }
    }
    return new Tree.Entries(entries, place);
  }

  private Place place(Node node) {
    return line == 0 ? nowhere() : at(node.getStartMark().getLine());
  }

  private Place at(int zeroBasedLine) {
    return new Place(file, zeroBasedLine + 1);
  }

  private Place nowhere() {
    return new Place(file, 0);
  }
}
