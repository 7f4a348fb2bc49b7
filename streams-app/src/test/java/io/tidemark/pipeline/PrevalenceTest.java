package io.tidemark.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.detect.Detector;
import io.tidemark.detect.Learning;
import io.tidemark.detect.Profile;
import io.tidemark.detect.Signal;
import io.tidemark.detect.Window;
import io.tidemark.fleet.Fleet;
import io.tidemark.fleet.FleetSpec;
import io.tidemark.fleet.FleetTraffic;
import io.tidemark.fleet.Line;
import io.tidemark.flow.FlowParser;
import io.tidemark.state.Codec;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.window.EdgeKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the fleet talks to is the same for every window, however the input came. */
final class PrevalenceTest {

  /** 2025-01-06T10:20:00Z. */
  private static final long T = 1_736_158_800_000L;

  private static final long HOUR = 3_600_000;
  private static final long FIRST_FULL = T / HOUR * HOUR + HOUR;

  private static List<Line> lines;
  private static Shares reference;

  /** Writes down what it hears of every peer, by window, workload and edge. */
  private record Shares(SortedMap<String, Double> told) implements Detector<Boolean> {

    Shares() {
      this(new TreeMap<>());
    }

    @Override
    public String name() {
      return "shares";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public Codec<Boolean> codec() {
      return new Codec<>() {
        @Override
        public void write(Boolean value, StateWriter out) {
          out.bool(value);
        }

        @Override
        public Boolean read(StateReader in) {
          return in.bool();
        }
      };
    }

    @Override
    public Boolean initial(long start) {
      return true;
    }

    @Override
    public Learning learning(Boolean state, Profile profile) {
      return Learning.complete();
    }

    @Override
    public List<Signal> score(Boolean state, Profile profile, Window window) {
      for (EdgeKey key : window.activity().edges().keySet()) {
        told.put(
            window.start() + " " + window.workload() + ' ' + key,
            window.prevalence().share(key.direction(), key.peer()));
      }
      return List.of();
    }

    @Override
    public Boolean learn(Boolean state, Window window, boolean fired) {
      return state;
    }

    /** Of the windows from one time to another. */
    List<Double> between(long from, long to) {
      return List.copyOf(told.subMap(Long.toString(from), Long.toString(to)).values());
    }
  }

  @BeforeAll
  static void observeOnOnePartition() {
    FleetSpec spec =
        new FleetSpec(5, 24, 3, "default", 0.3, FleetSpec.Datapath.NATIVE, false, 60, 180);
    lines = new ArrayList<>();
    new FleetTraffic(Fleet.of(spec), T, T + 2 * HOUR, List.of()).forEachRemaining(lines::add);
    reference = new Shares();
    PurePipeline pipeline = pipeline(1, reference);
    lines.forEach(line -> pipeline.accept(0, line.json(), line.time()));
    pipeline.flush();
  }

  @Test
  void nothingIsKnownBeforeTheFirstHourEnded() {
    List<Double> before = reference.between(T, FIRST_FULL);

    assertTrue(before.size() > 100, "edges: " + before.size());
    assertTrue(before.stream().allMatch(share -> Double.isNaN(share)));
  }

  @Test
  void fromThenOnWhatAllDoIsToldFromWhatOneDoes() {
    List<Double> after = reference.between(FIRST_FULL, Long.MAX_VALUE);

    assertTrue(after.size() > 100, "edges: " + after.size());
    assertTrue(after.stream().noneMatch(share -> Double.isNaN(share)));
    assertTrue(after.stream().anyMatch(share -> share > 0.5), "the scraper calls most");
    assertTrue(after.stream().anyMatch(share -> share > 0 && share < 0.1), "a peer of few");
  }

  @ParameterizedTest(name = "seed {0}, {1} partitions, restarted: {2}")
  @CsvSource({"1, 1, true", "2, 3, false", "3, 3, true", "4, 8, true"})
  void partitionsAndRestartsDoNotMatter(long seed, int partitions, boolean restarted) {
    Random random = new Random(seed);
    Shares shares = new Shares();
    PurePipeline pipeline = pipeline(partitions, shares);

    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      pipeline.accept(random.nextInt(partitions), line.json(), line.time());
      if (i % 200 == 0) {
        pipeline.deliverSome(random);
      }
      if (restarted && random.nextInt(800) == 0) {
        pipeline.restart();
      }
    }
    pipeline.flush();

    assertEquals(reference.told, shares.told);
  }

  @Test
  void aPartitionThatFallsIdleWithinTheHourHasToldWhatItSaw() {
    Shares shares = new Shares();
    PurePipeline pipeline = pipeline(2, shares);

    // The second partition holds all of the first minutes, and then nothing.
    boolean idle = false;
    for (Line line : lines) {
      boolean early = line.time() < T + 10 * 60_000;
      if (!early && !idle) {
        pipeline.flush(1);
        idle = true;
      }
      pipeline.accept(early ? 1 : 0, line.json(), FlowParser.NO_TIME);
    }
    pipeline.flush();

    assertEquals(
        reference.between(FIRST_FULL, Long.MAX_VALUE), shares.between(FIRST_FULL, Long.MAX_VALUE));
  }

  private static PurePipeline pipeline(int partitions, Shares shares) {
    return new PurePipeline("raw", partitions, Duration.ofSeconds(30), new Panel(List.of(shares)));
  }
}
