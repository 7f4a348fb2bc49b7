package io.tidemark.demo;

import static io.tidemark.demo.Happenings.START;
import static io.tidemark.demo.Happenings.incident;
import static io.tidemark.demo.Happenings.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.fleet.Incident;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SummaryTest {

  @Test
  void itSaysWhatWasFoundAfterHowLongAndWhatWasMissed() {
    Incident scan = incident(Incident.Kind.PORT_SCAN);
    Incident silence = incident(Incident.Kind.SILENCE);
    Told found = told("port-scan", "shop/cart", scan.start() + 80_000);

    String text = Summary.of(Scorecard.of(List.of(scan, silence), List.of(found)));

    assertEquals(
        """
        1 of 2 incidents found:
          found   port scan by shop/cart on shop/catalog-db: port-scan, medium, after 1m 20s
          MISSED  shop/catalog falls silent
        Alerts before the first incident: none
        Alerts of an incident seen from elsewhere: none
        Alerts between incidents: none""",
        text);
  }

  @Test
  void manyAlertsAreCountedAndTheFirstListed() {
    List<Told> early =
        IntStream.range(0, 25).mapToObj(i -> told("volume", "shop/w" + i, START)).toList();

    String text = Summary.of(Scorecard.of(Happenings.INCIDENTS, early));

    assertTrue(text.contains("Alerts before the first incident: 25\n"), text);
    assertTrue(text.contains("shop/w9 "), text);
    assertTrue(text.contains("and 15 more"), text);
  }

  @Test
  void everyKindOfIncidentHasItsWords() {
    for (Incident incident : Happenings.INCIDENTS) {
      String words = Script.words(incident);

      assertTrue(words.contains(incident.workload().title()), words);
      assertTrue(words.length() < 75, words);
    }
  }
}
