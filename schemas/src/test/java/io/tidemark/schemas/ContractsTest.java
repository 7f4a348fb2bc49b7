package io.tidemark.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.schemas.registry.Compatibility;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The public contracts against every version that was ever released, which lie under {@code
 * src/test/resources/released/<Name>/<version>.avsc} and are never changed.
 */
class ContractsTest {

  private static final Path RELEASED = Path.of("src/test/resources/released");

  /** Types that contracts share and no topic holds by itself. */
  private static final Set<String> SHARED = Set.of("Workload");

  record Contract(Schema schema, Compatibility rule) {

    /** Oldest first. */
    List<Schema> released() {
      try (Stream<Path> files = Files.list(RELEASED.resolve(schema.getName()))) {
        return files
            .sorted(Comparator.comparingInt(ContractsTest::version))
            .map(ContractsTest::parse)
            .toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final Contract ALERT =
      new Contract(Alert.getClassSchema(), Compatibility.FULL_TRANSITIVE);

  /** Alerts have readers and writers of any version; the others are read by newer code only. */
  static List<Contract> contracts() {
    return List.of(
        ALERT,
        new Contract(Activity.getClassSchema(), Compatibility.BACKWARD_TRANSITIVE),
        new Contract(BaselineSnapshot.getClassSchema(), Compatibility.BACKWARD_TRANSITIVE),
        new Contract(WorkloadAddress.getClassSchema(), Compatibility.BACKWARD_TRANSITIVE),
        new Contract(Control.getClassSchema(), Compatibility.BACKWARD_TRANSITIVE));
  }

  private static int version(Path file) {
    return Integer.parseInt(file.getFileName().toString().replace(".avsc", ""));
  }

  private static Schema parse(Path file) {
    try {
      return new Schema.Parser().parse(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void everyReleasedVersionCanStillBeDealtWith(Contract contract) {
    List<Schema> released = contract.released();

    assertFalse(released.isEmpty());
    assertEquals("", contract.rule.violation(contract.schema, released).orElse(""));
  }

  @Test
  void everyContractIsUnderThisTest() throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src/main/avro"))) {
      for (Path file : files.toList()) {
        String name = new ObjectMapper().readTree(file.toFile()).path("name").asText();
        if (!SHARED.contains(name)) {
          names.add(name);
        }
      }
    }

    assertEquals(
        contracts().stream().map(c -> c.schema.getName()).sorted().toList(),
        names.stream().sorted().toList());
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void everythingIsDocumentedAndEveryEnumCanTakeALaterSymbol(Contract contract) {
    List<String> gaps = new ArrayList<>();

    for (Schema type : namedTypes(contract.schema)) {
      if (isBlank(type.getDoc())) {
        gaps.add(type.getName() + " has no doc");
      }
      if (type.getType() == Schema.Type.ENUM && type.getEnumDefault() == null) {
        gaps.add(type.getName() + " has no default symbol");
      }
      if (type.getType() == Schema.Type.RECORD) {
        type.getFields().stream()
            .filter(field -> isBlank(field.doc()))
            .forEach(field -> gaps.add(type.getName() + "." + field.name() + " has no doc"));
      }
    }

    assertEquals(List.of(), gaps);
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void aNewFieldWithoutADefaultIsCaught(Contract contract) {
    Schema altered =
        altered(contract.schema, s -> fields(s).addObject().put("name", "x").put("type", "int"));

    assertTrue(contract.rule.violation(altered, contract.released()).isPresent());
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void aFieldOfAnotherTypeIsCaught(Contract contract) {
    String first = contract.schema.getFields().get(0).name();
    Schema altered =
        altered(
            contract.schema,
            s ->
                fields(s).set(0, fields(s).objectNode().put("name", first).put("type", "boolean")));

    assertTrue(contract.rule.violation(altered, contract.released()).isPresent());
  }

  @Test
  void takingAwayWhatAnOlderReaderOfAlertsNeedsIsCaught() {
    Schema altered = altered(ALERT.schema, s -> fields(s).remove(0));

    assertTrue(ALERT.rule.violation(altered, ALERT.released()).isPresent());
  }

  @Test
  void alertsMayGainFieldsWithDefaultsAndSymbols() {
    Schema altered =
        altered(
            ALERT.schema,
            s -> {
              fields(s).addObject().put("name", "x").put("type", "int").put("default", 0);
              ((ArrayNode) fields(s).findParent("symbols").get("symbols")).add("LATER");
            });

    assertEquals("", ALERT.rule.violation(altered, ALERT.released()).orElse(""));
  }

  private static ArrayNode fields(ObjectNode schema) {
    return (ArrayNode) schema.get("fields");
  }

  private static Schema altered(Schema schema, Consumer<ObjectNode> change) {
    try {
      ObjectNode tree = (ObjectNode) new ObjectMapper().readTree(schema.toString());
      change.accept(tree);
      return new Schema.Parser().parse(tree.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isBlank(String doc) {
    return doc == null || doc.isBlank();
  }

  private static Collection<Schema> namedTypes(Schema schema) {
    Map<String, Schema> found = new LinkedHashMap<>();
    collect(schema, found);
    return found.values();
  }

  private static void collect(Schema schema, Map<String, Schema> found) {
    switch (schema.getType()) {
      case RECORD -> {
        if (found.put(schema.getFullName(), schema) == null) {
          schema.getFields().forEach(field -> collect(field.schema(), found));
        }
      }
      case ENUM, FIXED -> found.put(schema.getFullName(), schema);
      case ARRAY -> collect(schema.getElementType(), found);
      case MAP -> collect(schema.getValueType(), found);
      case UNION -> schema.getTypes().forEach(branch -> collect(branch, found));
      default -> {}
    }
  }
}
