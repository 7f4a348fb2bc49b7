package io.tidemark.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.alert.Severity;
import io.tidemark.alert.Status;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.pipeline.SourceProgress;
import io.tidemark.publish.Outcome;
import io.tidemark.window.Fact;
import io.tidemark.window.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private final AtomicLong nanos = new AtomicLong(7);
  private final Inputs inputs = new Inputs(nanos::get);
  private final Waits waits = new Waits(nanos::get);
  private final Metrics metrics = new Metrics(inputs, waits, () -> 100_000);

  @Test
  void thePageListsExactlyTheNamesThatAreShown() throws IOException {
    metrics.flag("tidemark.ready", "", m -> true);
    tellEverything();

    SortedSet<String> shown = names(metrics.scrape(), "(?m)^# TYPE (tidemark_\\w+) (\\w+)$");

    SortedSet<String> listed =
        names(Files.readString(page()), "(?m)^\\| `(tidemark_\\w+)` \\| (counter|gauge) \\|");
    assertEquals(listed, shown);
  }

  @Test
  void aReasonIsShownFromTheFirstLookThatFindsIt() {
    Tally tally = new Tally();
    metrics.partition(Source.HUBBLE, 3, tally);
    String before = metrics.scrape();

    tally.reject("syntax");
    tally.reject("syntax");

    String line = "tidemark_bad_total{partition=\"3\",reason=\"syntax\",source=\"hubble\"}";
    assertFalse(before.contains(line), before);
    assertTrue(metrics.scrape().contains(line + " 2.0"), metrics.scrape());
  }

  @Test
  void aPartitionThatWentElsewhereIsNoLongerShownAndComesBackWithItsNewTally() {
    Tally first = new Tally();
    first.reject("syntax");
    metrics.partition(Source.HUBBLE, 0, first);
    String held = metrics.scrape();
    metrics.released(Source.HUBBLE, 0, first);
    String gone = metrics.scrape();
    Tally second = new Tally();
    second.skip("quiet");
    second.skip("quiet");
    metrics.partition(Source.HUBBLE, 0, second);
    metrics.released(Source.HUBBLE, 0, first);

    String back = metrics.scrape();

    String lines = "tidemark_lines_total{partition=\"0\",source=\"hubble\"} ";
    assertTrue(held.contains(lines + "1.0"), held);
    assertFalse(gone.contains("partition=\"0\""), gone);
    assertTrue(back.contains(lines + "2.0"), back);
    assertFalse(back.contains("tidemark_bad_total"), back);
  }

  @Test
  void healthNamesThePartitionThatHoldsUpItsSource() {
    Health health = new Health(() -> true, () -> true, () -> "running", inputs, waits);
    metrics.partition(Source.HUBBLE, 0, new Tally());
    metrics.partition(Source.HUBBLE, 1, new Tally());
    metrics.watermark(new Fact.Watermark(Source.HUBBLE, 0, 2, 50_000, 1, false));
    String early = health.readiness().json();
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(61));
    metrics.watermark(new Fact.Watermark(Source.HUBBLE, 1, 2, 200_000, 1, false));

    Health.Answer answer = health.readiness();

    assertEquals("{\"status\":\"ready\",\"why\":\"running\",\"stalled\":[]}", early);
    assertTrue(answer.good());
    assertEquals(
        "{\"status\":\"ready\",\"why\":\"running\",\"stalled\":[{\"source\":\"hubble\",\"partition\":0,"
            + "\"watermark\":\"1970-01-01T00:00:50Z\"}]}",
        answer.json());
  }

  @Test
  void anIdlePartitionHoldsUpNobody() {
    metrics.partition(Source.HUBBLE, 0, new Tally());
    metrics.partition(Source.HUBBLE, 1, new Tally());
    metrics.watermark(new Fact.Watermark(Source.HUBBLE, 0, 2, 50_000, 1, true));
    metrics.watermark(new Fact.Watermark(Source.HUBBLE, 1, 2, 200_000, 1, false));

    nanos.addAndGet(TimeUnit.HOURS.toNanos(1));

    assertEquals(List.of(), inputs.stalled());
  }

  @Test
  void aPartitionThatAnotherInstanceReadsIsNamedFromTheMarksThatReachJudge() {
    Health health = new Health(() -> true, () -> true, () -> "running", inputs, waits);
    metrics.waits(Source.HUBBLE, 0, new SourceProgress.Slowest(3, 50_000, 60_000));
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(61));
    String near = health.readiness().json();
    metrics.waits(Source.HUBBLE, 0, new SourceProgress.Slowest(3, 50_000, 200_000));

    String far = health.readiness().json();

    assertEquals("{\"status\":\"ready\",\"why\":\"running\",\"stalled\":[]}", near);
    assertTrue(
        far.endsWith(
            "[{\"source\":\"hubble\",\"partition\":3,\"watermark\":\"1970-01-01T00:00:50Z\"}]}"),
        far);
    assertEquals("150.0", behind(3));
  }

  @Test
  void aWaitEndsWhenTheSlowestMovesOrItsJudgeGoesElsewhere() {
    metrics.waits(Source.HUBBLE, 0, new SourceProgress.Slowest(3, 50_000, 200_000));
    metrics.waits(Source.HUBBLE, 1, new SourceProgress.Slowest(4, Long.MIN_VALUE, 200_000));
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(61));
    assertEquals(2, waits.stalled().size());
    assertEquals("+Inf", behind(4));

    metrics.waits(Source.HUBBLE, 0, new SourceProgress.Slowest(3, 60_000, 200_000));
    metrics.judgeReleased(1);

    assertEquals(List.of(), waits.stalled());
    assertEquals("140.0", behind(3));
    assertEquals("", behind(4));
    metrics.waits(Source.HUBBLE, 0, null);
    assertEquals("", behind(3));
  }

  private String behind(int partition) {
    Matcher line =
        Pattern.compile(
                "(?m)^tidemark_slowest_behind_seconds\\{partition=\"" + partition + "\".*} (\\S+)$")
            .matcher(metrics.scrape());
    return line.find() ? line.group(1) : "";
  }

  private void tellEverything() {
    Tally tally = new Tally();
    tally.skip("agent_event");
    tally.reject("syntax");
    metrics.partition(Source.HUBBLE, 0, tally);
    metrics.watermark(new Fact.Watermark(Source.HUBBLE, 0, 1, 10_000, 1, false));
    metrics.deadLetter("syntax");
    metrics.judged(Source.HUBBLE, 0, 2);
    metrics.lateFact(Source.HUBBLE);
    metrics.overflowed(Source.HUBBLE);
    metrics.crowded(Source.HUBBLE);
    metrics.waits(Source.HUBBLE, 0, new SourceProgress.Slowest(1, 10_000, 30_000));
    metrics.forgotten("new-peer", 2);
    metrics.threadFailed(Causes.Kind.UNREACHABLE);
    metrics.statementDropped();
    Alert alert =
        new Alert(
            "id",
            "new-peer",
            1,
            Status.OPEN,
            Severity.LOW,
            50,
            List.of(),
            Source.HUBBLE,
            new Workload("c", "n", "w"),
            "Deployment",
            "peer",
            "x",
            0,
            10_000,
            1,
            "why",
            List.of(),
            List.of(),
            List.of(),
            null);
    metrics.alert(alert);
    metrics.suppressed(alert);
    metrics.shadowed(alert, Outcome.OVER_BUDGET);
  }

  /** Name and type. */
  private static SortedSet<String> names(String text, String pattern) {
    TreeSet<String> names = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1) + " " + matcher.group(2));
    }
    return names;
  }

  private static Path page() {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("docs/metrics.md"))) {
      root = root.getParent();
    }
    return root.resolve("docs/metrics.md");
  }
}
