package io.tidemark.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.AlertSettings;
import io.tidemark.detect.Detector;
import io.tidemark.detect.Learning;
import io.tidemark.detect.Profile;
import io.tidemark.detect.Signal;
import io.tidemark.detect.Window;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.state.Codec;
import io.tidemark.state.CodecContract;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.window.Activity;
import io.tidemark.window.Fact;
import io.tidemark.window.Totals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JudgeStageTest {

  private static final long T = 1_736_157_600_000L;
  private static final long LENGTH = PurePipeline.LENGTH.toMillis();
  private static final Workload WEB = new Workload("default", "shop", "web");
  private static final AlertSettings ALERTS = AlertSettings.defaults();

  /** Writes down what it is asked, in order. Ready with its third window. */
  private record Diary(List<String> entries) implements Detector<Long> {

    @Override
    public String name() {
      return "diary";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public Codec<Long> codec() {
      return new Codec<>() {
        @Override
        public void write(Long value, StateWriter out) {
          out.varlong(value);
        }

        @Override
        public Long read(StateReader in) {
          return in.varlong();
        }
      };
    }

    @Override
    public Long initial(long start) {
      return 0L;
    }

    @Override
    public Learning learning(Long learned, Profile profile) {
      return profile.windowsSeen() >= 2 ? Learning.complete() : new Learning(List.of("windows"));
    }

    @Override
    public List<Signal> score(Long learned, Profile profile, Window window) {
      entries.add("score " + at(window) + " knowing " + learned + (window.lossy() ? " lossy" : ""));
      return List.of();
    }

    @Override
    public Long learn(Long learned, Window window, boolean fired) {
      entries.add("learn " + at(window));
      return learned + 1;
    }

    private static long at(Window window) {
      return (window.start() - T) / LENGTH;
    }
  }

  private final Diary diary = new Diary(new ArrayList<>());
  private final PurePipeline pipeline =
      new PurePipeline("raw", 1, Duration.ofSeconds(30), new Panel(List.of(diary)));

  @Test
  void aWindowIsScoredBeforeItIsLearned() {
    for (int window = 0; window < 4; window++) {
      traffic(0, window);
      mark(0, 1, window + 1, false);
    }

    assertEquals(
        List.of(
            "learn 0", "learn 1", "score 2 knowing 2", "learn 2", "score 3 knowing 3", "learn 3"),
        diary.entries);
  }

  @Test
  void aWindowWaitsForTheSlowestPartition() {
    traffic(0, 0);
    mark(0, 3, 5, false);
    mark(1, 3, 5, false);
    assertTrue(diary.entries.isEmpty(), "one partition has not said anything");

    mark(2, 3, 0, false);
    assertTrue(diary.entries.isEmpty(), "one partition is not so far");
    mark(2, 3, 1, false);

    assertEquals(List.of("learn 0"), diary.entries);
  }

  @Test
  void atTheEndOfTheInputNobodyWaitsForAPartitionThatIsBehindOrWasNeverHeardOf() {
    traffic(0, 0);
    traffic(0, 3);
    mark(0, 3, 4, false);
    mark(1, 3, 1, false);
    assertTrue(diary.entries.isEmpty(), "one partition has not said anything");

    pipeline.finishJudging();

    assertEquals(List.of("learn 0", "learn 3"), diary.entries);
  }

  @Test
  void nobodyWaitsForAnIdlePartitionAndWhenAllAreIdleForNobody() {
    traffic(0, 0);
    traffic(0, 3);
    mark(0, 2, 1, false);
    mark(1, 2, 0, true);
    assertEquals(List.of("learn 0"), diary.entries);

    mark(0, 2, 4, true);

    assertEquals(List.of("learn 0", "learn 3"), diary.entries);
    assertEquals(0, pipeline.pendingSize());
  }

  @Test
  void aPartitionThatComesBackIsWaitedForAgainAndItsLateFactsAreCounted() {
    traffic(0, 0);
    mark(0, 2, 2, false);
    mark(1, 2, 0, true);
    mark(1, 2, 0, false);

    traffic(1, 1);
    traffic(1, 3);
    mark(0, 2, 9, false);

    assertEquals(
        List.of(T + LENGTH), pipeline.lateFacts.stream().map(Fact.Traffic::windowStart).toList());
    assertEquals(List.of("learn 0"), diary.entries);
    mark(1, 2, 9, false);
    assertEquals(List.of("learn 0", "learn 3"), diary.entries);
  }

  @Test
  void aNotableLossMakesTheWindowLossyAndASmallOneDoesNot() {
    for (int window = 0; window < 5; window++) {
      traffic(0, window);
      if (window == 3) {
        pipeline.tell(new Fact.Loss(Source.HUBBLE, 0, T + window * LENGTH, "n", 5));
      } else if (window == 4) {
        pipeline.tell(new Fact.Loss(Source.HUBBLE, 0, T + window * LENGTH, "n", 6));
      }
      pipeline.tell(new Fact.Watermark(Source.HUBBLE, 0, 1, T + (window + 1) * LENGTH, 100, false));
    }

    assertTrue(diary.entries.contains("score 3 knowing 3"), diary.entries.toString());
    assertTrue(diary.entries.contains("score 4 knowing 4 lossy"), diary.entries.toString());
  }

  @Test
  void readinessIsReportedWhenItComes() {
    for (int window = 0; window < 8; window++) {
      traffic(0, window);
      mark(0, 1, window + 1, false);
    }

    assertEquals(
        List.of(false, true), pipeline.reports.stream().map(BaselineReport::ready).toList());
    assertEquals(T, pipeline.reports.get(0).firstSeen());
    assertEquals(T + LENGTH, pipeline.reports.get(1).lastWindow());
  }

  @Test
  void sourcesDoNotWaitForEachOther() {
    traffic(0, 0);
    pipeline.tell(new Fact.Watermark(Source.VPC_FLOW, 0, 1, T + 99 * LENGTH, 0, false));
    assertTrue(diary.entries.isEmpty());

    mark(0, 1, 1, false);

    assertFalse(diary.entries.isEmpty());
  }

  @Test
  void whenAllWereIdleAndOneSpeaksNobodyIsIdleUntilItHasSaidSoTwiceMore() {
    mark(0, 3, 1, true);
    mark(1, 3, 1, true);
    mark(2, 3, 1, true);
    mark(0, 3, 1, false);
    traffic(0, 1);

    mark(0, 3, 2000, false);
    assertTrue(diary.entries.isEmpty(), "there may be as much to read in the others");
    mark(1, 3, 1, true);
    mark(2, 3, 1, true);
    assertTrue(diary.entries.isEmpty(), "that declaration was due at once");
    mark(1, 3, 1, true);
    assertTrue(diary.entries.isEmpty(), "the third may still come back");
    mark(2, 3, 1, true);

    assertEquals(List.of("learn 1"), diary.entries);
  }

  @Test
  void whoComesBackAfterAPauseOfTheWholeSourceIsInTime() {
    for (int partition = 0; partition < 3; partition++) {
      mark(partition, 3, 1, true);
    }

    for (int partition = 0; partition < 3; partition++) {
      mark(partition, 3, 1, false);
      traffic(partition, 1);
      traffic(partition, 1999);
      mark(partition, 3, 2000, false);
      for (int later = partition + 1; partition == 0 && later < 3; later++) {
        mark(later, 3, 1, true);
      }
    }

    assertTrue(pipeline.lateFacts.isEmpty(), "late: " + pipeline.lateFacts);
    assertEquals(List.of("learn 1", "learn 1999"), diary.entries);
  }

  @Test
  void whoIsIdleIsDoubtedWhenReadingBeginsAnew() {
    mark(0, 2, 1, false);
    mark(1, 2, 1, true);
    traffic(0, 1);
    mark(0, 2, 1, false);

    mark(0, 2, 2000, false);
    assertTrue(diary.entries.isEmpty(), "nobody knows yet what has come there meanwhile");
    mark(1, 2, 1, true);
    mark(1, 2, 1, true);

    assertEquals(List.of("learn 1"), diary.entries);
  }

  @Test
  void whatWasWrittenBeforeDeclarationsWereCountedIsRead() {
    SourceProgress progress =
        CodecContract.written(JudgeStageTest.class, "source-progress-1", SourceProgress.CODEC);

    assertEquals(T, progress.complete(), "of two partitions the second counts as idle");
    assertEquals(Optional.of(0), progress.slowest().map(SourceProgress.Slowest::partition));
  }

  @Test
  void theSlowestPartitionIsNamedWhoeverReadsIt() {
    SourceProgress progress = new SourceProgress();
    progress.mark(new Fact.Watermark(Source.HUBBLE, 0, 3, T + LENGTH, 0, false), LENGTH);
    progress.mark(new Fact.Watermark(Source.HUBBLE, 2, 3, T, 0, false), LENGTH);
    SourceProgress.Slowest silent = progress.slowest().orElseThrow();
    progress.mark(new Fact.Watermark(Source.HUBBLE, 1, 3, T, 0, true), LENGTH);
    SourceProgress.Slowest slow = progress.slowest().orElseThrow();
    progress.mark(new Fact.Watermark(Source.HUBBLE, 2, 3, T, 0, true), LENGTH);
    progress.mark(new Fact.Watermark(Source.HUBBLE, 0, 3, T + LENGTH, 0, true), LENGTH);

    assertEquals(new SourceProgress.Slowest(1, Long.MIN_VALUE, T + LENGTH), silent);
    assertEquals(new SourceProgress.Slowest(2, T, T + LENGTH), slow);
    assertEquals(Optional.empty(), progress.slowest());
  }

  @Test
  void progressAndDossiersAreWrittenAsPinned() {
    SourceProgress progress = new SourceProgress();
    progress.mark(new Fact.Watermark(Source.HUBBLE, 0, 2, T, 17, false), LENGTH);
    progress.mark(new Fact.Watermark(Source.HUBBLE, 1, 2, T + LENGTH, 3, true), LENGTH);
    progress.mark(new Fact.Watermark(Source.HUBBLE, 0, 2, T, 0, false), LENGTH);
    progress.lost(new Fact.Loss(Source.HUBBLE, 1, T, "n", 0));
    progress.judgedThrough(T - LENGTH);
    progress.told().put(new Census.Place("prod", "shop"), 3);
    Panel panel = new Panel(List.of(new NewEdge(0, true), new Silence(60_000), diary));
    Dossier.Key key = new Dossier.Key(Source.HUBBLE, WEB);
    PurePipeline pure = new PurePipeline("raw", 1, Duration.ofSeconds(30), panel);
    for (int window = 0; window < 3; window++) {
      pure.tell(new Fact.Traffic(Source.HUBBLE, 0, T + window * LENGTH, WEB, activity()));
      pure.tell(new Fact.Watermark(Source.HUBBLE, 0, 1, T + (window + 1) * LENGTH, 1, false));
    }

    CodecContract.check(JudgeStageTest.class, "source-progress", SourceProgress.CODEC, progress);
    CodecContract.check(
        JudgeStageTest.class, "dossier", Dossier.codec(key, panel, ALERTS), pure.dossiers.get(key));
  }

  @Test
  void progressFromBeforeSomebodyWasToldIsRead() {
    SourceProgress now =
        CodecContract.written(JudgeStageTest.class, "source-progress", SourceProgress.CODEC);
    now.told().clear();

    SourceProgress read =
        CodecContract.written(JudgeStageTest.class, "source-progress-2", SourceProgress.CODEC);

    assertArrayEquals(SourceProgress.CODEC.toBytes(now), SourceProgress.CODEC.toBytes(read));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dossier-1", "dossier-2"})
  void aDossierOfAnEarlierVersionIsReadAsIfNothingHadBeenAskedNorPodsSeen(String version) {
    Panel panel = new Panel(List.of(new NewEdge(0, true), new Silence(60_000), diary));
    Codec<Dossier> codec = Dossier.codec(new Dossier.Key(Source.HUBBLE, WEB), panel, ALERTS);

    Dossier read = CodecContract.written(JudgeStageTest.class, version, codec);

    Dossier now = CodecContract.written(JudgeStageTest.class, "dossier", codec);
    assertArrayEquals(codec.toBytes(now), codec.toBytes(read));
  }

  private void traffic(int partition, int window) {
    pipeline.tell(new Fact.Traffic(Source.HUBBLE, partition, T + window * LENGTH, WEB, activity()));
  }

  private void mark(int partition, int partitions, int windows, boolean idle) {
    pipeline.tell(
        new Fact.Watermark(Source.HUBBLE, partition, partitions, T + windows * LENGTH, 0, idle));
  }

  private static Activity activity() {
    Activity activity = new Activity();
    activity.mergeKind("Deployment");
    long[] some = {1, 2};
    long[] vantages = {0, 0, 0};
    Totals totals =
        Totals.of(
            new Totals.Facts(
                some, some, new long[0], vantages, vantages, vantages, vantages, vantages, 2));
    activity.mergeTotals(totals, new Totals(), false);
    return activity;
  }
}
