package io.tidemark.determinism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.AlertJson;
import io.tidemark.embedded.EmbeddedRegistry;
import io.tidemark.embedded.SharedBroker;
import io.tidemark.fleet.Incident;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The promise that everything else rests on: however a history is spread, interleaved, kept and
 * interrupted, its alerts are byte for byte those of {@code observe} on the sorted file.
 *
 * <p>Run more seeds with {@code -Ddeterminism.seeds=200}, from another one on with {@code
 * -Ddeterminism.first-seed=N}; what the suite said of deliberate breaks is in {@code
 * docs/determinism.md}.
 */
final class DeterminismSuiteTest {

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

  @TempDir private static Path shared;

  private static EmbeddedRegistry registry;

  /** Not among temporary files, where the product refuses to keep state. */
  @TempDir(factory = BesideTheBuild.class)
  private Path directory;

  static final class BesideTheBuild implements TempDirFactory {

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
        throws IOException {
      Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
      boolean swept = target.startsWith("/tmp") || target.startsWith("/var/tmp");
      Path parent = swept ? Path.of(System.getProperty("user.home")) : target;
      return Files.createTempDirectory(parent, ".tidemark-determinism");
    }
  }

  /** Where nobody says how many: few, of each kind. */
  private static final long[] FEW = {1, 6, 9, 11, 14, 18};

  static Stream<Combination> seeds() {
    Integer count = Integer.getInteger("determinism.seeds");
    long first = Long.getLong("determinism.first-seed", 1);
    LongStream seeds = count == null ? LongStream.of(FEW) : LongStream.range(first, first + count);
    return seeds.mapToObj(Combination::of);
  }

  @BeforeAll
  static void startRegistry() {
    registry = EmbeddedRegistry.start(shared.resolve("schemas.jsonl"), 0);
  }

  @AfterAll
  static void closeRegistry() {
    registry.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("seeds")
  void theSameHistoryGivesTheSameAlerts(Combination chosen) throws Exception {
    History history = History.of(chosen.history());
    Random random = new Random(chosen.seed());
    List<String> settings = new ArrayList<>(History.SETTINGS);
    settings.add("state.backend=" + (chosen.persistent() ? "rocksdb" : "memory"));
    List<Guarantee> guarantees =
        List.of(
            new NothingLost(),
            new ExactlyOnce(),
            new SameBytes(history.alerts(), history.heldBack()));

    try (Trial trial =
        new Trial(
            BROKER.unique("d" + chosen.seed()),
            BROKER.bootstrapServers(),
            registry.url(),
            chosen.partitions(),
            directory,
            settings,
            guarantees)) {
      trial.write(history.lines(), random);
      switch (chosen.mishap()) {
        case NONE -> startAll(trial, chosen);
        case ROLLING_RESTART -> restartOneAfterTheOther(trial, chosen, random);
        case KILL -> killOne(trial, chosen, random);
      }
      trial.verify();
      System.out.println(chosen + ": kept");
    }
  }

  /** An alert for each thing that happened: equal and wrong would be equal too. */
  @ParameterizedTest(name = "fleet {0}")
  @MethodSource("histories")
  void theReferenceTellsOfEverythingThatHappened(long fleet) {
    History history = History.of(fleet);
    Set<String> told = new TreeSet<>();
    history.alerts().values().forEach(alert -> told.add(AlertJson.read(alert).detector()));

    history.heldBack().values().forEach(alert -> told.add(AlertJson.read(alert).detector()));
    assertTrue(
        told.contains("mass-event") && !history.heldBack().isEmpty(),
        "alerts that are held back: " + told);
    for (Incident incident : history.incidents()) {
      String detector = incident.kind().detectors().get(0);
      assertTrue(told.contains(detector), incident + " is not among " + told);
    }
  }

  static LongStream histories() {
    return seeds().mapToLong(Combination::history).distinct().sorted();
  }

  @Test
  void twentySeedsInARowHoldEveryNumberOfPartitionsWithEverythingElse() {
    for (long first : new long[] {1, 21, 7}) {
      Set<String> combined = new TreeSet<>();
      Set<String> stores = new TreeSet<>();
      for (long seed = first; seed < first + 20; seed++) {
        Combination each = Combination.of(seed);
        combined.add(each.partitions() + " " + each.instances() + " " + each.mishap());
        stores.add(each.persistent() + " " + each.mishap());
        stores.add(each.persistent() + " instances " + each.instances());
        stores.add(each.persistent() + " partitions " + each.partitions());
      }
      assertEquals(3 * 2 * 3, combined.size(), combined.toString());
      assertEquals(2 * (3 + 2 + 3), stores.size(), stores.toString());
    }
  }

  private static void startAll(Trial trial, Combination chosen) throws InterruptedException {
    for (int number = 0; number < chosen.instances(); number++) {
      trial.start(number);
    }
  }

  private static void restartOneAfterTheOther(Trial trial, Combination chosen, Random random)
      throws Exception {
    List<Instance> running = new ArrayList<>();
    List<Double> moments = new ArrayList<>();
    for (int number = 0; number < chosen.instances(); number++) {
      running.add(trial.start(number));
      moments.add(0.05 + 0.6 * random.nextDouble());
    }
    Collections.sort(moments);
    for (int number = 0; number < chosen.instances(); number++) {
      long read = trial.awaitRead(moments.get(number));
      running.get(number).stop();
      System.out.println(chosen + ": instance " + number + " restarted at line " + read);
      trial.start(number);
    }
  }

  /** The others take over, or it comes back on what it left on disk. */
  private static void killOne(Trial trial, Combination chosen, Random random) throws Exception {
    List<OwnProcess> running = new ArrayList<>();
    for (int number = 0; number < chosen.instances(); number++) {
      running.add(trial.launch(number));
    }
    long read = trial.awaitRead(0.05 + 0.6 * random.nextDouble());
    int victim = random.nextInt(chosen.instances());
    running.get(victim).kill();
    System.out.println(chosen + ": instance " + victim + " killed at line " + read);
    if (chosen.instances() == 1 || random.nextBoolean()) {
      trial.launch(victim);
    }
  }
}
