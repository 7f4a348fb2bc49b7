package io.tidemark.config;

import static io.tidemark.config.Written.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

  @Test
  void aDuplicateKeyIsAnErrorThatNamesBothLines() {
    assertEquals(
        List.of("tidemark.yaml:3: duplicate key length, first given at tidemark.yaml:2"),
        problems("windows:\n  length: 10s\n  length: 20s\n"));
  }

  @Test
  void brokenYamlIsNamedByLineWithoutQuotingIt() {
    List<String> problems = problems("kafka:\n  ssl.key.password: hunter2\n  \"unclosed\n");

    assertEquals(1, problems.size());
    assertTrue(problems.get(0).startsWith("tidemark.yaml:"), problems.get(0));
    assertTrue(problems.get(0).contains("not valid YAML"), problems.get(0));
    assertFalse(problems.get(0).contains("hunter2"), problems.get(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"just text", "[a, b]", "3"})
  void whatIsNotAMapIsNoConfiguration(String yaml) {
    assertEquals(
        List.of("tidemark.yaml:1: a configuration must be a map of keys to values"),
        problems(yaml));
  }

  @Test
  void nothingInAFileCanNameAClassOrMergeUnseen() {
    assertEquals(
        List.of(
            "tidemark.yaml:1: not valid YAML: Global tag is not allowed: tag:yaml.org,2002:java.net.URL"),
        problems("kafka: {a: !!java.net.URL http://x}"));
    assertEquals(
        List.of("tidemark.yaml:1: tags are not supported: !secret"),
        problems("kafka: {a: !secret x}"));
    assertEquals(
        List.of("tidemark.yaml:2: merging with << is not supported"),
        problems("kafka: &a {b: c}\nserde: {settings: {<<: *a}}"));
    assertEquals(
        List.of("tidemark.yaml:1: a key must be text, not a list or a map"),
        problems("kafka: {[a]: b}"));
    assertTrue(problems("a: 1\n---\nb: 2\n").get(0).contains("not valid YAML"));
  }

  @Test
  void anAliasStandsForItsAnchor() {
    Config config = Written.config("windows: &w {length: 20s}\nkafka: {a: &x 1, b: *x}\n");

    assertEquals(Duration.ofSeconds(20), config.windows().length());
    assertEquals("1", config.kafka().get("b"));
  }

  @Test
  void whatGrowsBeyondTheLimitsIsRefused() {
    String deep = "kafka: " + "[".repeat(33) + "]".repeat(33);
    String aliases = "kafka: &a {x: y}\nserde: {settings: [" + "*a, ".repeat(11) + "]}";
    String recursive = "kafka: &a {x: *a}";
    String large = "kafka: {a: " + "x".repeat(256 * 1024) + "}";

    assertTrue(problems(deep).get(0).contains("Depth"), problems(deep).get(0));
    assertTrue(problems(aliases).get(0).contains("aliases"), problems(aliases).get(0));
    assertEquals(List.of("tidemark.yaml:1: an alias must not contain itself"), problems(recursive));
    assertTrue(problems(large).get(0).contains("must be at most 262144 characters"));
  }

  @Test
  void noTextWhateverDoesMoreThanNameProblems() {
    long seed = 20260101L;
    Random random = new Random(seed);
    String pieces = "{}[]:,-?#&*!|>'\"%@` \n\t\\<~=.$ab0é\u0000\u0085\ufeff";
    String valid = Config.defaults().toString();

    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder(i % 2 == 0 ? "" : valid);
      for (int j = random.nextInt(40); j >= 0; j--) {
        char piece = pieces.charAt(random.nextInt(pieces.length()));
        text.insert(random.nextInt(text.length() + 1), piece);
      }
      String yaml = text.toString();
      try {
        Written.loaded(yaml);
      } catch (ConfigException e) {
        assertFalse(e.problems().isEmpty());
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", run " + i + ": " + yaml, e);
      }
    }
  }
}
