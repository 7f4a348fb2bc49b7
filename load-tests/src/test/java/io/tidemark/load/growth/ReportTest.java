package io.tidemark.load.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class ReportTest {

  private static final String EVIL = "<script>alert('x')</script>&\"\u001b";

  private static Table.Row row(String name, double x, double heap) {
    return new Table.Row(
        name,
        x,
        new Figures().put(Measure.HEAP_ABOVE_IDLE, heap).put(Measure.RECORDS_PER_SECOND, 9_000));
  }

  private static Findings findings(String name) {
    Table table =
        new Table(
            Sweep.WORKLOADS,
            List.of(row(name, 100, 1e6), row("more", 1_000, 1e7), row("most", 10_000, 1e8)),
            List.of(name));
    return new Findings(
        List.of(table),
        List.of(
            new Expectation.Verdict(true, "kept"), new Expectation.Verdict(false, name + " lost")));
  }

  @Test
  void thePageHoldsNoMarkupOfOthersAndNothingFromElsewhere() {
    String page = ReportHtml.of(findings(EVIL), Map.of("settings", EVIL));

    assertFalse(page.contains("<script"), page);
    assertFalse(page.contains("alert('x')"), page);
    assertTrue(page.contains("&lt;script&gt;"), page);
    assertTrue(page.contains("default-src 'none'"), page);
    assertFalse(page.contains("http://") || page.contains("https://"), page);
    assertFalse(page.contains("src=") || page.contains("href=") || page.contains("url("), page);
    assertFalse(page.contains("\u001b"), page);
  }

  @Test
  void thePageFollowsLightAndDark() {
    String page = ReportHtml.of(findings("few"), Map.of());

    assertTrue(page.contains("color-scheme: light dark"), page);
    assertTrue(page.contains("fill: currentColor"), page);
  }

  @Test
  void aPlotIsWellFormedAndHasAMarkForEveryPoint()
      throws ParserConfigurationException, IOException, SAXException {
    Table table = findings(EVIL).tables().get(0);

    String plot = Plot.of(table, Measure.HEAP_ABOVE_IDLE);

    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(plot)));
    assertEquals(3, plot.split("<rect ", -1).length - 1, plot);
    assertEquals("", Plot.of(table, Measure.RESTORE_SECONDS), "it was not measured");
  }

  @Test
  void theTextTellsExponentsAndWhatIsBroken() {
    String text = ReportText.of(findings("few"));

    assertTrue(text.contains("above idle MB: exponent 1.00 (standard error 0.00)"), text);
    assertTrue(text.contains("records/s: exponent 0.00"), text);
    assertTrue(text.contains("held    kept\nBROKEN  few lost\n"), text);
  }

  @Test
  void theJsonHoldsAllFiguresAndExponents() throws IOException {
    JsonNode json =
        new ObjectMapper().readTree(ReportJson.of(findings(EVIL), Map.of("heap", "1g")));

    JsonNode sweep = json.get("sweeps").get("workloads");
    assertEquals(EVIL, sweep.get("points").get(0).get("name").asText());
    assertEquals(1e8, sweep.get("points").get(2).get("heapAboveIdleBytes").asDouble());
    assertEquals(
        1, sweep.get("exponents").get("heapAboveIdleBytes").get("exponent").asDouble(), 1e-9);
    assertFalse(json.get("held").asBoolean());
    assertEquals("1g", json.get("conditions").get("heap").asText());
  }

  @Test
  void anExpectationIsHeldByItsExponentAlone() {
    Table table = findings("few").tables().get(0);
    Expectation linear =
        new Expectation(Sweep.WORKLOADS, Measure.HEAP_ABOVE_IDLE, 0.9, 1.1, false, "linear");
    Expectation bounded =
        new Expectation(Sweep.WORKLOADS, Measure.HEAP_ABOVE_IDLE, -0.1, 0.1, true, "bounded");

    assertTrue(linear.of(table).orElseThrow().held());
    assertFalse(bounded.of(table).orElseThrow().held());
    assertTrue(linear.of(new Table(Sweep.PEERS, table.rows(), List.of())).isEmpty());
  }
}
