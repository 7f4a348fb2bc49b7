package io.tidemark.evaluate;

import static io.tidemark.evaluate.Said.claim;
import static io.tidemark.evaluate.Said.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReportsTest {

  private static final Evaluation EVALUATION =
      Said.evaluation(
          List.of(
              event("scan", 10, 20, "shop/cart", "port-scan"),
              event("<b>missed</b>", 100, 110, "shop/web", "beacon")),
          claim("right", "port-scan", 10, 12),
          claim("else", "volume", 12, 13),
          claim("wrong", "volume", "shop/api", "metric", "egress", 300, 301));

  private static final Report REPORT =
      new Report(
          EVALUATION,
          Said.RULES,
          List.of("port-scan", "volume"),
          List.of(
              new Report.RivalResult(
                  "metron",
                  "A rule.",
                  Evaluation.of(List.of(), List.of(), Said.RULES, Said.tenDays())
                      .withFurtherWrong(7))),
          Gate.parse("recall=0.95", true, (measure, text) -> 0.95).stream()
              .map(gate -> gate.on(EVALUATION.score()))
              .toList(),
          List.of("something to know."));

  @Test
  void theJsonFormIsPinned() {
    String expected =
        "{'history':{'first':'2026-01-05T12:00:00.000Z','last':'2026-01-06T12:00:00.000Z',"
            + "'workloads':10,'workloadDays':10},"
            + "'rules':{'toleranceSeconds':600,'minSeverity':'low'},"
            + "'all':{'events':2,'found':1,'missed':1,'recall':0.5,'medianDelaySeconds':120,"
            + "'maxDelaySeconds':120,'right':1,'elsewhere':1,'false':1,'informational':0,"
            + "'falsePerWorkloadDay':0.1,'precision':0.5,'f1':0.5},"
            + "'detectors':{'port-scan':{'events':1,'found':1,'missed':0,'recall':1,"
            + "'medianDelaySeconds':120,'maxDelaySeconds':120,'right':1,'elsewhere':0,'false':0,"
            + "'informational':0,'falsePerWorkloadDay':0,'precision':1,'f1':1},"
            + "'volume':{'events':0,'found':0,'missed':0,'recall':null,'medianDelaySeconds':null,"
            + "'maxDelaySeconds':null,'right':0,'elsewhere':1,'false':1,'informational':0,"
            + "'falsePerWorkloadDay':0.1,'precision':0,'f1':null}},"
            + "'kinds':{'trial':{'events':2,'found':1,'missed':1,'recall':0.5,"
            + "'medianDelaySeconds':120,'maxDelaySeconds':120}},"
            + "'rivals':{'metron':{'rule':'A rule.','all':{'events':0,'found':0,'missed':0,"
            + "'recall':null,'medianDelaySeconds':null,'maxDelaySeconds':null,'right':0,"
            + "'elsewhere':0,'false':7,'informational':0,'falsePerWorkloadDay':0.7,"
            + "'precision':0,'f1':null},'kinds':{}}},"
            + "'events':[{'id':'scan','kind':'trial','start':'2026-01-05T12:10:00.000Z',"
            + "'end':'2026-01-05T12:20:00.000Z','parties':['shop/cart'],'detectors':['port-scan'],"
            + "'found':true,'delaySeconds':120,'openBefore':false,'foundBy':['right'],"
            + "'elsewhere':['else'],'informational':[]},"
            + "{'id':'<b>missed</b>','kind':'trial','start':'2026-01-05T13:40:00.000Z',"
            + "'end':'2026-01-05T13:50:00.000Z','parties':['shop/web'],'detectors':['beacon'],"
            + "'found':false,'delaySeconds':null,'openBefore':false,'foundBy':[],'elsewhere':[],"
            + "'informational':[]}],"
            + "'falseAlerts':["
            + alert("wrong", "volume", "shop/api", "metric", "egress", "17:00", "17:01")
            + "],'elsewhereAlerts':["
            + alert("else", "volume", "shop/cart", "peer", "203.0.113.9", "12:12", "12:13")
            + "],'rightAlerts':["
            + alert("right", "port-scan", "shop/cart", "peer", "203.0.113.9", "12:10", "12:12")
            + "],'gates':[{'measure':'recall','limit':0.95,'value':0.5,'holds':false}],"
            + "'notes':['something to know.']}";

    assertEquals(expected.replace('\'', '"'), JsonReport.of(REPORT));
  }

  private static String alert(
      String id,
      String detector,
      String workload,
      String kind,
      String subject,
      String from,
      String to) {
    return String.format(
        Locale.ROOT,
        "{'id':'%s','detector':'%s','severity':'high','workload':'prod/%s','subjectKind':'%s',"
            + "'subject':'%s','from':'2026-01-05T%s:00.000Z','to':'2026-01-05T%s:00.000Z',"
            + "'told':'2026-01-05T%s:00.000Z','summary':'Something <odd>.'}",
        id,
        detector,
        workload,
        kind,
        subject,
        from,
        to,
        to);
  }

  @Test
  void theTextNamesEachMissAndEachFalseAlert() {
    String text = TextReport.of(REPORT);

    assertTrue(text.contains("Missed: 1.\n  <b>missed</b>  trial"), text);
    assertTrue(text.contains("False: 1.\n  wrong  volume  high  prod/shop/api"), text);
    assertTrue(text.contains("Not held: recall is 0.5, asked for 0.95."), text);
    assertTrue(text.contains("Note: something to know."), text);
    assertTrue(text.lines().anyMatch(line -> line.matches("metron +0 +0 .* 7 +0\\.700 .*")), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http:", "https:", "//", "src=", "href=", "url(", "@import", "<script"})
  void thePageNeedsNothingFromElsewhere(String reference) {
    assertFalse(HtmlReport.of(REPORT).contains(reference), reference);
  }

  @Test
  void thePageDrawsEveryEventAndAlertAndEscapesWhatItShows() {
    String page = HtmlReport.of(REPORT);

    assertEquals(4, page.split("<svg ", -1).length - 1);
    assertTrue(page.contains("<title>missed: &lt;b&gt;missed&lt;/b&gt;, "), page);
    assertTrue(page.contains("<title>found: scan, "), page);
    assertTrue(page.contains("<title>false: volume at prod/shop/api, "), page);
    assertTrue(page.contains("default-src 'none'"), page);
    assertFalse(page.contains("<b>missed"), page);
    assertFalse(page.contains("<odd>"), page);
  }

  @Test
  void aPageOfNothingIsAPage() {
    Evaluation empty = Evaluation.of(List.of(), List.of(), Said.RULES, new Exposure());
    Report report = new Report(empty, Said.RULES, List.of(), List.of(), List.of(), List.of());

    assertTrue(HtmlReport.of(report).endsWith("</html>\n"));
    assertTrue(TextReport.of(report).contains("0 events."));
    assertTrue(JsonReport.of(report).contains("\"first\":null"));
  }

  @Test
  void figuresNeverFlatter() {
    assertEquals("0.99", Figures.share(0.9999));
    assertEquals("0.95", Figures.share(0.95));
    assertEquals("0.0001", Figures.rate(0.00001));
    assertEquals("0.05", Figures.rate(0.05).substring(0, 4));
    assertEquals("-", Figures.share(Double.NaN));
  }
}
