package io.tidemark.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.AlertSettings;
import io.tidemark.control.Book;
import io.tidemark.control.Kind;
import io.tidemark.control.Said;
import io.tidemark.control.Selection;
import io.tidemark.control.Statement;
import io.tidemark.fleet.Fleet;
import io.tidemark.fleet.FleetSpec;
import io.tidemark.fleet.FleetTraffic;
import io.tidemark.fleet.Incident;
import io.tidemark.fleet.Line;
import io.tidemark.fleet.Noise;
import io.tidemark.flow.AddressBook;
import io.tidemark.flow.FlowParser;
import io.tidemark.state.Codec;
import io.tidemark.state.CodecContract;
import io.tidemark.window.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same history gives the same alerts, however it is spread, interleaved and interrupted. */
final class DeterminismTest {

  /** 2025-01-06T10:00:00Z, a Monday. */
  private static final long T = 1_736_157_600_000L;

  private static final long HOUR = 3_600_000;
  private static final Duration LATENESS = Duration.ofSeconds(30);

  private static List<Line> lines;
  private static PurePipeline reference;

  @BeforeAll
  static void observeOnOnePartition() {
    lines = lines(7);
    reference = pipeline(1, LATENESS, false);
    lines.forEach(line -> reference.accept(0, line.json(), line.time()));
    reference.flush();
  }

  @Test
  void theReferenceTellsEnoughToCompare() {
    assertTrue(lines.size() > 3_000, "lines: " + lines.size());
    assertTrue(reference.alerts().size() > 20, "alerts: " + reference.alerts().size());
    assertTrue(reference.dossiers.size() > 10, "dossiers: " + reference.dossiers.size());
    assertEquals(0, reference.pendingSize());
    assertEquals(0, reference.tally(0).late());
  }

  @ParameterizedTest(name = "seed {0}, {1} partitions, record time known: {2}")
  @CsvSource({"1, 1, false", "2, 3, true", "3, 3, false", "4, 8, true", "5, 8, false"})
  void partitionsAndTheirSpeedsDoNotMatter(long seed, int partitions, boolean timed) {
    Random random = new Random(seed);
    PurePipeline spread = pipeline(partitions, LATENESS, false);

    spread(random, partitions, timed, spread);

    assertSame(reference, spread);
  }

  @ParameterizedTest(name = "seed {0}, {1} partitions")
  @CsvSource({"31, 3", "32, 8"})
  void whatOperatorsSayHoldsInTheSameWindowsHoweverTheInputIsSpread(long seed, int partitions) {
    Random random = new Random(seed);
    Book book = book(random);
    PurePipeline whole = pipeline(1, LATENESS, false, book);
    lines.forEach(line -> whole.accept(0, line.json(), line.time()));
    whole.flush();
    PurePipeline spread = pipeline(partitions, LATENESS, false, book);

    spread(random, partitions, true, spread);

    assertSame(whole, spread);
    assertEquals(whole.suppressed.size(), spread.suppressed.size());
    assertTrue(whole.suppressed.size() > 0, "something was said that mattered");
  }

  private static void spread(Random random, int partitions, boolean timed, PurePipeline spread) {
    List<List<Line>> queues = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      queues.add(new ArrayList<>());
    }
    lines.forEach(line -> queues.get(random.nextInt(partitions)).add(line));
    int[] next = new int[partitions];
    for (int left = lines.size(); left > 0; ) {
      int partition = random.nextInt(partitions);
      for (int burst = random.nextInt(500); burst > 0; burst--) {
        if (next[partition] < queues.get(partition).size()) {
          Line line = queues.get(partition).get(next[partition]++);
          spread.accept(partition, line.json(), timed ? line.time() : FlowParser.NO_TIME);
          left--;
        }
      }
      spread.deliverSome(random);
    }
    spread.flush();
  }

  @ParameterizedTest(name = "seed {0}, {1} partitions")
  @CsvSource({"11, 1", "12, 3"})
  void aRestartBetweenAnyTwoRecordsChangesNothing(long seed, int partitions) {
    Random random = new Random(seed);
    Book book = book(random);
    PurePipeline whole = pipeline(partitions, LATENESS, true, book);
    PurePipeline broken = pipeline(partitions, LATENESS, true, book);

    for (Line line : lines) {
      int partition = random.nextInt(partitions);
      whole.accept(partition, line.json(), line.time());
      whole.deliver();
      broken.accept(partition, line.json(), line.time());
      if (random.nextInt(100) == 0) {
        broken.restart();
      }
      broken.deliver();
      if (random.nextInt(100) == 0) {
        broken.restart();
      }
    }
    whole.flush();
    broken.flush();

    assertSame(whole, broken);
    assertEquals(whole.reports, broken.reports);
    assertEquals(whole.suppressed, broken.suppressed);
    assertTrue(whole.suppressed.size() > 0, "something was said that mattered");
  }

  @Test
  void aDamagedDossierIsAFormatError() {
    Panel panel = panel(true);
    Map<Dossier.Key, Dossier> some = new TreeMap<>();
    reference.dossiers.forEach(some::put);

    // The most eventful: two of them suffice.
    some.entrySet().stream()
        .sorted(Comparator.comparing(entry -> -entry.getValue().episodes.size()))
        .limit(2)
        .forEach(
            entry -> {
              Codec<Dossier> codec = Dossier.codec(entry.getKey(), panel, AlertSettings.defaults());
              byte[] bytes = codec.toBytes(entry.getValue());
              CodecContract.survivesDamage(entry.getKey().toString(), codec, bytes);
            });
  }

  @Test
  void everyWindowIsJudgedOnceAndInOrder() {
    for (int i = 1; i < reference.judged.size(); i++) {
      assertTrue(reference.judged.get(i - 1) < reference.judged.get(i), "at " + i);
    }
    assertTrue(reference.judged.size() > 300, "windows: " + reference.judged.size());
    assertTrue(reference.lateFacts.isEmpty());
  }

  @ParameterizedTest(name = "seed {0}")
  @CsvSource({"21", "22", "23"})
  void everyLineIsAccountedForInAllNoise(long seed) {
    PurePipeline pipeline = pipeline(1, Duration.ofSeconds(5), true);
    Iterator<Line> noisy = Noise.of(seed, 0.05).over(lines.iterator());
    int count = 0;

    while (noisy.hasNext()) {
      Line line = noisy.next();
      pipeline.accept(0, line.json(), line.time());
      if (++count % 500 == 0) {
        pipeline.restart();
      }
    }
    pipeline.flush();

    Tally tally = pipeline.tally(0);
    assertEquals(count, tally.lines());
    assertEquals(
        tally.lines(),
        tally.flows()
            + tally.duplicates()
            + tally.late()
            + tally.skippedTotal()
            + tally.badTotal());
    assertTrue(tally.flows() > count / 3 && tally.duplicates() > 0, tally.flows() + " flows");
    assertTrue(tally.late() > 0 && tally.skippedTotal() > 0, "late or skipped");
    assertEquals(pipeline.bad.size(), tally.badTotal());
    assertTrue(tally.badTotal() > count / 40);
  }

  private static List<Line> lines(long seed) {
    FleetSpec spec =
        new FleetSpec(seed, 14, 3, "default", 1.0, FleetSpec.Datapath.NATIVE, false, 60, 180);
    Fleet fleet = Fleet.of(spec);
    List<Line> lines = new ArrayList<>();
    new FleetTraffic(fleet, T, T + HOUR, Incident.scripted(fleet, T + HOUR / 3, 20 * 60_000))
        .forEachRemaining(lines::add);
    return lines;
  }

  private static PurePipeline pipeline(int partitions, Duration lateness, boolean located) {
    return new PurePipeline("raw", partitions, lateness, panel(located));
  }

  private static PurePipeline pipeline(
      int partitions, Duration lateness, boolean located, Book book) {
    return new PurePipeline("raw", partitions, lateness, panel(located), AddressBook.EMPTY, book);
  }

  /** Statements of every kind at random times, some under the same id, over the whole hour. */
  private static Book book(Random random) {
    Kind[] kinds = {Kind.SUPPRESS, Kind.FREEZE, Kind.MAINTENANCE, Kind.FORGET};
    String[] workloads = {null, "*", "*/a*", "*e*", "default/*/*o*"};
    Book book = new Book();
    for (int i = 0; i < 40; i++) {
      long from = T + random.nextInt(3_600_000);
      String id = "id" + random.nextInt(25);
      Selection about =
          new Selection(
              workloads[random.nextInt(workloads.length)],
              random.nextBoolean() ? "new-edge" : null,
              null,
              null);
      Kind kind = kinds[random.nextInt(kinds.length)];
      book.add(
          random.nextInt(6) == 0
              ? Statement.revoke(id, "", "", from)
              : Said.said(id, kind, about, from, from + 1 + random.nextInt(900_000))
                  .writtenAt(T + random.nextInt(3_600_000)));
    }
    return book;
  }

  private static Panel panel(boolean located) {
    return new Panel(List.of(new NewEdge(600_000, located), new Silence(120_000)));
  }

  private static void assertSame(PurePipeline expected, PurePipeline actual) {
    assertEquals(expected.written(false), actual.written(false));
    assertEquals(expected.judged, actual.judged);
    assertTrue(actual.lateFacts.isEmpty());
    assertEquals(0, actual.pendingSize());
    SortedMap<String, byte[]> dossiers = actual.dossiers.written();
    assertEquals(expected.dossiers.written().keySet(), dossiers.keySet());
    expected
        .dossiers
        .written()
        .forEach((key, bytes) -> assertArrayEquals(bytes, dossiers.get(key), key));
  }
}
