package io.tidemark.compare;

import static io.tidemark.compare.ComparisonTest.compare;
import static io.tidemark.compare.Told.MINUTE;
import static io.tidemark.compare.Told.WINDOW;
import static io.tidemark.compare.Told.alert;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidemark.alert.Alert;
import io.tidemark.alert.Printable;
import io.tidemark.alert.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportsTest {

  private static final String HOSTILE =
      "x|y`z` <img src=x onerror=a> @octocat #7777 [l](http://e.vil) www.evil.com ~~*_b_*~~ \\| \n| a"
          + " </code></details> \u202e\u001b[31m &lt; owner/repo#1 <!-- ";

  @Test
  void theMarkdownOfASmallComparisonIsTheGoldenOne() throws IOException {
    assertEquals(golden("small.md"), MarkdownReport.of(small(), Limits.BRIEF));
  }

  @Test
  void theTextOfASmallComparisonIsTheGoldenOne() throws IOException {
    assertEquals(golden("small.txt"), TextReport.of(small(), Limits.BRIEF, 100, false));
  }

  @Test
  void theJsonOfASmallComparisonIsTheGoldenOne() throws IOException {
    assertEquals(golden("small.json"), JsonReport.of(small()) + '\n');
  }

  @Test
  void hostileNamesAreHarmlessInMarkdown() {
    Alert hostile =
        alert()
            .detector(HOSTILE)
            .of(HOSTILE)
            .subject(HOSTILE)
            .summary(HOSTILE)
            .silencedBy(HOSTILE)
            .term(HOSTILE, 70, HOSTILE)
            .get();

    String report =
        MarkdownReport.of(
            Comparison.of(
                Run.of(HOSTILE, List.of(hostile)),
                Run.of("new", List.of()),
                CompareSettings.defaults()),
            Limits.BRIEF);

    for (String harm :
        List.of(
            "@", "`", "<img", "#7777", "http://", "www.evil", "[l]", "~~", "*_", "\\", "<!--")) {
      assertFalse(report.contains(harm), harm + " in:\n" + report);
    }
    assertEquals(0, report.codePoints().filter(c -> c < 0x20 && c != '\n').count());
    assertEquals(count(report, "<code>"), count(report, "</code>"));
    assertEquals(2, count(report, "<details>"));
    assertEquals(2, count(report, "</details>"));
    report
        .lines()
        .filter(line -> line.startsWith("| <code>"))
        .forEach(line -> assertEquals(8, count(line, "|"), line));
  }

  @Test
  void hostileNamesDoNotSteerATerminal() {
    Alert hostile = alert().detector(HOSTILE).of(HOSTILE).subject(HOSTILE).summary(HOSTILE).get();

    String text = TextReport.of(compare(List.of(hostile), List.of()), Limits.BRIEF, 100, false);
    String json = JsonReport.of(compare(List.of(hostile), List.of()));

    for (String report : List.of(text, json)) {
      assertEquals(
          0,
          report.codePoints().filter(c -> (c < 0x20 && c != '\n') || c == 0x202e).count(),
          report);
    }
  }

  @Test
  void howeverMuchDiffersGitHubTakesTheMarkdown() {
    List<Alert> before = new ArrayList<>();
    for (long i = 0; i < 3_000; i++) {
      before.add(
          alert()
              .detector(i % 2 == 0 ? "volume" : "d" + i + "|".repeat(300))
              .of("w" + i)
              .subject("`".repeat(400))
              .summary("<".repeat(2_000))
              .time(i * 40 * MINUTE, i * 40 * MINUTE + WINDOW)
              .get());
    }

    String report = MarkdownReport.of(compare(before, List.of()), Limits.NONE);

    assertTrue(report.length() < MarkdownReport.LONGEST, "length " + report.length());
    assertTrue(report.contains("more"), "what has no room is counted");
    assertEquals(count(report, "<details>"), count(report, "</details>"));
  }

  @Test
  void whatIsNotShownIsCountedAndAllShowsIt() {
    List<Alert> before = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      for (int j = 0; j < 8; j++) {
        before.add(alert().of("w" + i).subject("s" + j).get());
      }
    }
    Comparison comparison = compare(before, List.of());

    String brief = TextReport.of(comparison, Limits.BRIEF, 100, false);
    String all = TextReport.of(comparison, Limits.NONE, 100, false);

    assertEquals(50, count(brief, "- removed"));
    assertTrue(brief.contains("and 3 more (--all shows them)"), brief);
    assertTrue(brief.contains("and 2 workloads more: 16 removed (--all shows them)"), brief);
    assertEquals(96, count(all, "- removed"));
    assertFalse(all.contains("--all"), all);
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 120})
  void textStaysWithinTheTerminal(int width) {
    String text = TextReport.of(small(), Limits.BRIEF, width, false);

    text.lines()
        .filter(line -> line.strip().contains(" "))
        .forEach(line -> assertTrue(Printable.columns(line) <= width, line));
  }

  @Test
  void coloursAreForTerminals() {
    assertTrue(TextReport.of(small(), Limits.BRIEF, 100, true).contains("\u001b[31m- removed"));
    assertFalse(TextReport.of(small(), Limits.BRIEF, 100, false).contains("\u001b"));
  }

  @Test
  void jsonIsAlwaysComplete() throws IOException {
    List<Alert> before = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      before.add(alert().subject("s" + i).get());
    }

    JsonNode json =
        JsonMapper.builder().build().readTree(JsonReport.of(compare(before, List.of())));

    assertFalse(json.get("same").asBoolean());
    assertEquals(200, json.get("differences").size());
    assertEquals(200, json.at("/counts/removed").asInt());
    assertTrue(json.at("/differences/0/new").isNull());
  }

  @Test
  void equalRunsAreOneSentence() {
    Comparison comparison = compare(List.of(alert().get()), List.of(alert().get()));

    assertTrue(
        TextReport.of(comparison, Limits.BRIEF, 100, false)
            .startsWith("The runs tell the same: 1 alert.\n"));
    assertTrue(
        MarkdownReport.of(comparison, Limits.BRIEF)
            .startsWith("**The runs tell the same: 1 alert.**\n"));
  }

  /** One difference of each kind, and one alert that both runs tell alike. */
  private static Comparison small() {
    Alert kept = alert().detector("volume").of("wallet").get();
    List<Alert> old =
        List.of(
            kept,
            alert().of("gone").score(82).term("failed ports", 74, "").term("inside", 8, "").get(),
            alert().term("failed ports", 70, "40 ports").expected("ports", 40, 12).get(),
            alert().detector("new-peer").time(0, MINUTE).silencedBy("having met it").get());
    List<Alert> now =
        List.of(
            kept,
            alert()
                .score(52)
                .time(0, 3 * WINDOW)
                .windows(3)
                .status(Status.UPDATE)
                .term("failed ports", 52, "22 ports")
                .expected("ports", 22, 40)
                .get(),
            alert().detector("new-peer").time(WINDOW, MINUTE).silencedBy("having met it").get(),
            alert().detector("dns-tunnel").subject("evil.example").score(96).get());
    return Comparison.of(
        Run.of("old.jsonl", old),
        Run.of("new.jsonl", now),
        CompareSettings.defaults().workloads(20));
  }

  private static int count(String text, String part) {
    return (text.length() - text.replace(part, "").length()) / part.length();
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = ReportsTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
