package io.tidemark.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TechniqueTest {

  private static final Set<String> TACTICS =
      Set.of(
          "initial-access",
          "execution",
          "persistence",
          "privilege-escalation",
          "defense-evasion",
          "credential-access",
          "discovery",
          "lateral-movement",
          "collection",
          "command-and-control",
          "exfiltration",
          "impact",
          "reconnaissance",
          "resource-development");

  private final List<String[]> rows =
      TestAlerts.golden(Technique.RESOURCE)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .toList();

  @Test
  void everyRowIsWellFormedAndSorted() {
    Set<String> ids = new HashSet<>();
    String last = "";
    for (String[] row : rows) {
      String line = String.join(" | ", row);
      assertEquals(4, row.length, line);
      assertTrue(row[0].matches("T\\d{4}(\\.\\d{3})?"), line);
      assertTrue(!row[1].isBlank() && row[1].equals(row[1].strip()), line);
      assertTrue(ids.add(row[0]) && row[0].compareTo(last) > 0, line);
      last = row[0];
    }
    assertTrue(rows.size() >= 30);
  }

  @Test
  void theTacticShownBelongsToTheTechnique() {
    for (String[] row : rows) {
      List<String> tactics = List.of(row[3].split("\\+", -1));
      assertTrue(TACTICS.containsAll(tactics), row[0] + " " + tactics);
      assertTrue(tactics.contains(row[2]), row[0] + " is not " + row[2]);
    }
  }

  @Test
  void theVersionIsThatOfTheFile() {
    String first = TestAlerts.golden(Technique.RESOURCE).lines().findFirst().orElseThrow();

    assertTrue(first.contains("version " + Technique.ATTACK_VERSION + ":"), first);
  }

  @Test
  void aTechniqueIsFoundByItsIdAndAnUnknownOneIsNone() {
    assertEquals(
        new Technique("T1071.004", "DNS", "command-and-control"), Technique.of("T1071.004"));
    assertNull(Technique.of("T0000"));
    assertNull(Technique.of(null));
  }
}
