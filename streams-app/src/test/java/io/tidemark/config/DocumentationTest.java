package io.tidemark.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentationTest {

  @Test
  void theReferencePageIsWhatTheProgramSays() throws IOException {
    String page = Files.readString(root().resolve("docs/configuration.md"));

    assertEquals(Config.referencePage(), page, "tidemark config docs > docs/configuration.md");
  }

  @Test
  void everyKeySaysWhatItIs() {
    List<String> silent = new ArrayList<>();

    collect(Config.shape(), "", silent);

    assertEquals(List.of(), silent);
  }

  @Test
  void theExampleSetsDefaultsButForWhatOnlyTheUserKnows() {
    Path example = root().resolve("tidemark.example.yaml");

    Config config = ConfigLoader.load(example, List.of(), name -> null).config();

    config.checkForRun();
    Config defaults = Config.defaults();
    assertEquals(
        new Config(
            defaults.identity(),
            defaults.topics(),
            defaults.sources(),
            defaults.windows(),
            defaults.detectors(),
            defaults.alerts(),
            Map.of("bootstrap.servers", "localhost:9092"),
            new SerdeSettings(
                SerdeSettings.AVRO, Map.of("schema.registry.url", "http://localhost:8081")),
            new StateSettings("/var/lib/tidemark", StateBackend.ROCKSDB),
            defaults.streams(),
            defaults.http()),
        config);
  }

  @Test
  void whatTheExampleHasCommentedOutIsValidToo() throws IOException {
    String example = Files.readString(root().resolve("tidemark.example.yaml"));
    String inForce = example.replaceAll("(?m)^( *)# ( *)([a-z.-]+:( \\S+)?)$", "$1$2$3");

    LoadedConfig loaded =
        ConfigLoader.read(
            inForce.replaceAll("\\$\\{file:", "\\${env:"), "example", List.of(), name -> "x");

    assertTrue(loaded.references().containsKey("kafka.sasl.jaas.config"), inForce);
    assertEquals(
        "USER_INFO", loaded.config().serde().settings().get("basic.auth.credentials.source"));
  }

  private static void collect(Shape shape, String path, List<String> silent) {
    if (shape instanceof Shape.Section section) {
      for (Shape.Field field : section.fields()) {
        String inner = Keys.join(path, field.key());
        if (!field.meaning().endsWith(".") || !field.key().matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
          silent.add(inner);
        }
        collect(field.shape(), inner, silent);
      }
    }
  }

  /** The repository, from wherever in it the test runs. */
  private static Path root() {
    Path dir = Path.of("").toAbsolutePath();
    while (!Files.exists(dir.resolve("tidemark.example.yaml"))) {
      dir = dir.getParent();
      assertTrue(dir != null, "not run inside the repository");
    }
    return dir;
  }
}
