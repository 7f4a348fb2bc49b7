package io.tidemark.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.alert.Status;
import io.tidemark.config.Config;
import io.tidemark.detect.Detector;
import io.tidemark.detect.Learning;
import io.tidemark.detect.Profile;
import io.tidemark.detect.Signal;
import io.tidemark.detect.Window;
import io.tidemark.pipeline.Dossier;
import io.tidemark.pipeline.Panel;
import io.tidemark.publish.Ledger;
import io.tidemark.schemas.BaselineSnapshot;
import io.tidemark.schemas.Control;
import io.tidemark.schemas.ControlKind;
import io.tidemark.schemas.DetectorBaseline;
import io.tidemark.schemas.Watermark;
import io.tidemark.schemas.WorkloadAddress;
import io.tidemark.schemas.registry.SchemaRegistry;
import io.tidemark.state.Codec;
import io.tidemark.window.Fact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What former versions left behind is read, or refused in words, and never lost. */
final class WrittenStateTest {

  private static final String BUMPED = "port-scan";

  @TempDir private Path scratch;
  private String registry;
  private Config config;

  @BeforeEach
  void begin() {
    registry = WrittenHistory.registry();
    config = WrittenHistory.config(registry);
  }

  @ParameterizedTest
  @ValueSource(strings = {"written-1", "today"})
  void whatAVersionLeftIsReadAndItsHistoryGoesOnAsIfUninterrupted(String version)
      throws IOException {
    WrittenHistory left = version.equals("today") ? today() : kept(version);
    List<String> expected = told(uninterrupted(left), Set.of());

    List<Alert> alerts;
    Set<String> forgotten;
    List<WrittenEntry> baselines;
    try (HistoryRun run = restored(left, (store, entry) -> entry)) {
      run.pipe(HistoryRun.RAW, left.lines(false));
      run.idle();
      run.pipe(WrittenHistory.ACTIVITY, List.of(watermark(left)));
      alerts = run.alerts();
      forgotten = run.forgotten.keySet();
      baselines = run.output("tidemark.baselines");
    }

    assertTrue(expected.size() > 10, "the trial must be hard enough: " + expected.size());
    assertEquals(
        told(uninterrupted(left), forgotten), told(alerts, forgotten), "forgotten: " + forgotten);
    assertTrue(
        baselines.stream()
            .map(record -> value(BaselineSnapshot.class, record))
            .anyMatch(snapshot -> snapshot.getSource().equals("vpc-cni")),
        "what waited to be judged is judged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"written-1", "today"})
  void topicsOfAVersionAreReadWithTodaysSchemas(String version) throws IOException {
    WrittenHistory left = version.equals("today") ? today() : kept(version);
    register(left);

    Set<Class<?>> facts = new HashSet<>();
    for (WrittenEntry record : left.topic("activity")) {
      facts.add(
          ActivityRecords.toFact(value(io.tidemark.schemas.Activity.class, record)).getClass());
    }
    Set<String> detectors = new TreeSet<>();
    for (WrittenEntry record : left.topic("alerts")) {
      detectors.add(
          AlertRecords.toAlert(value(io.tidemark.schemas.Alert.class, record)).detector());
    }
    Set<ControlKind> kinds = EnumSet.noneOf(ControlKind.class);
    for (WrittenEntry record : left.topic("control")) {
      Control statement = value(Control.class, record);
      assertEquals("new-peer", statement.getDetector());
      kinds.add(statement.getKind());
    }
    List<BaselineSnapshot> baselines =
        left.topic("baselines").stream().map(each -> value(BaselineSnapshot.class, each)).toList();
    WorkloadAddress address = value(WorkloadAddress.class, left.topic("workloads").get(0));

    assertEquals(Set.of(Fact.Traffic.class, Fact.Watermark.class), facts);
    assertTrue(detectors.contains(BUMPED), detectors.toString());
    assertEquals(EnumSet.of(ControlKind.SUPPRESS, ControlKind.FEEDBACK, ControlKind.FREEZE), kinds);
    assertTrue(baselines.stream().anyMatch(BaselineSnapshot::getReady), baselines::toString);
    assertEquals("box", address.getName());
  }

  @Test
  void aDetectorOfAnotherVersionIsToldAndLearnsAnewWhileTheOthersGoOn() throws IOException {
    WrittenHistory left = today();
    List<Alert> uninterrupted = uninterrupted(left);

    List<Alert> alerts;
    int forgotten;
    List<WrittenEntry> baselines;
    try (HistoryRun run = restored(left, this::bumped)) {
      run.pipe(HistoryRun.RAW, left.lines(false));
      run.idle();
      alerts = run.alerts();
      forgotten = run.forgotten.getOrDefault(BUMPED, 0);
      baselines = run.output("tidemark.baselines");
      assertEquals(Set.of(BUMPED), run.forgotten.keySet());
    }

    assertEquals(left.store("judge-dossiers").size(), forgotten);
    assertTrue(speaks(uninterrupted), "the trial must be hard enough");
    assertEquals(told(uninterrupted, Set.of(BUMPED)), told(alerts, Set.of(BUMPED)));
    List<Boolean> ready = ready(baselines, BUMPED);
    assertFalse(ready.get(0), "it is warming up");
    assertTrue(ready.get(ready.size() - 1), "an hour later it has learned anew");
    assertTrue(ready(baselines, "host-sweep").get(0), "the others go on");
  }

  /** What is told of a detector and the workload that is told of most often, in order. */
  private List<Boolean> ready(List<WrittenEntry> baselines, String detector) {
    Map<String, List<Boolean>> ready = new TreeMap<>();
    for (WrittenEntry record : baselines) {
      for (DetectorBaseline each : value(BaselineSnapshot.class, record).getDetectors()) {
        if (each.getName().equals(detector)) {
          ready
              .computeIfAbsent(new String(record.key(), UTF_8), key -> new ArrayList<>())
              .add(each.getReady());
        }
      }
    }
    return ready.values().stream().max(Comparator.comparingInt(List::size)).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "observe-hubble-windows,true",
    "observe-hubble-windows,false",
    "observe-hubble-progress,true",
    "observe-hubble-progress,false",
    "judge-progress,true",
    "judge-progress,false",
    "judge-pending,true",
    "judge-pending,false",
    "judge-dossiers,true",
    "judge-dossiers,false"
  })
  void anUnknownVersionStopsTheStartInWordsAndChangesNothing(String store, boolean inKey) {
    WrittenHistory left = kept("written-1");

    try (HistoryRun run =
        restored(left, (name, entry) -> name.equals(store) ? ofVersion99(entry, inKey) : entry)) {
      Map<String, Map<String, String>> before = stored(run);

      UnreadableStateException refused = refusal(run::moment);

      String message = refused.getMessage();
      assertTrue(message.startsWith("store " + store + " cannot be read: "), message);
      assertTrue(message.contains("state version 99, known "), message);
      assertTrue(message.endsWith("run that version; nothing was changed"), message);
      // Nor does a record that comes first get by.
      String topic = store.startsWith("judge") ? WrittenHistory.ACTIVITY : HistoryRun.RAW;
      List<WrittenEntry> first =
          store.startsWith("judge") ? left.topic("activity") : left.lines(false);
      refusal(() -> run.pipe(topic, first.subList(0, 1)));
      assertEquals(before, stored(run));
    }
  }

  private static Map<String, Map<String, String>> stored(HistoryRun run) {
    Map<String, Map<String, String>> stored = new TreeMap<>();
    WrittenHistory.STORES.forEach(store -> stored.put(store, run.stored(store)));
    return stored;
  }

  private static UnreadableStateException refusal(Runnable act) {
    Throwable thrown = assertThrows(RuntimeException.class, act::run);
    while (thrown != null && !(thrown instanceof UnreadableStateException)) {
      thrown = thrown.getCause();
    }
    return (UnreadableStateException) thrown;
  }

  private static WrittenEntry ofVersion99(WrittenEntry entry, boolean inKey) {
    byte[] bytes = (inKey ? entry.key() : entry.value()).clone();
    bytes[0] = 99;
    return inKey
        ? new WrittenEntry(0, bytes, entry.value())
        : new WrittenEntry(0, entry.key(), bytes);
  }

  /** Alerts that are told after the first part, by a run that nothing interrupts. */
  private List<Alert> uninterrupted(WrittenHistory left) {
    String own = WrittenHistory.registry();
    try (HistoryRun run = new HistoryRun(WrittenHistory.config(own), own, directory())) {
      run.pipe(HistoryRun.RAW, left.lines(true));
      run.output("tidemark.alerts");
      run.pipe(HistoryRun.RAW, left.lines(false));
      run.idle();
      return run.alerts();
    }
  }

  private HistoryRun restored(
      WrittenHistory left, BiFunction<String, WrittenEntry, WrittenEntry> change) {
    register(left);
    HistoryRun run = new HistoryRun(config, registry, directory());
    for (String store : WrittenHistory.STORES) {
      List<WrittenEntry> entries = left.store(store);
      assertFalse(entries.isEmpty(), store);
      run.restore(store, entries.stream().map(entry -> change.apply(store, entry)).toList());
    }
    run.pipe("tidemark.workloads", left.topic("workloads"));
    return run;
  }

  /** Under the ids that the records name. */
  private void register(WrittenHistory left) {
    SchemaRegistry client = SchemaRegistry.connect(Map.of("schema.registry.url", registry));
    List<Schema> schemas = left.schemas();
    for (int i = 0; i < schemas.size(); i++) {
      assertEquals(i + 1, client.register("written-" + i, schemas.get(i)));
    }
  }

  private <T extends SpecificRecord> T value(Class<T> type, WrittenEntry record) {
    return type.cast(Bench.<T>serde(registry).deserialize("written", record.value()));
  }

  /** The waiting facts' source has come past their window. */
  private WrittenEntry watermark(WrittenHistory left) {
    long start =
        left.topic("activity").stream()
            .map(record -> value(io.tidemark.schemas.Activity.class, record).getWindowStart())
            .mapToLong(Instant::toEpochMilli)
            .max()
            .orElseThrow();
    return WrittenHistory.entry(
        registry,
        WrittenHistory.ACTIVITY,
        "vpc-cni/0",
        new io.tidemark.schemas.Activity(
            "vpc-cni", 0, Instant.ofEpochMilli(start + 60_000), new Watermark(1, 1L, false)));
  }

  private WrittenEntry bumped(String store, WrittenEntry entry) {
    if (!store.equals("judge-dossiers")) {
      return entry;
    }
    List<Detector<?>> later = new ArrayList<>();
    for (Detector<?> detector : config.detectors().inService()) {
      later.add(detector.name().equals(BUMPED) ? new Later<>(detector) : detector);
    }
    Dossier.Key key = KeyCodec.DOSSIER.fromBytes(entry.key());
    Dossier dossier =
        Dossier.codec(key, new Panel(config.detectors().inService()), config.alerts())
            .fromBytes(entry.value());
    return new WrittenEntry(
        0, entry.key(), Dossier.codec(key, new Panel(later), config.alerts()).toBytes(dossier));
  }

  /** The same detector, one version later. */
  private record Later<S>(Detector<S> before) implements Detector<S> {

    @Override
    public String name() {
      return before.name();
    }

    @Override
    public int version() {
      return before.version() + 1;
    }

    @Override
    public Codec<S> codec() {
      return before.codec();
    }

    @Override
    public S initial(long start) {
      return before.initial(start);
    }

    @Override
    public Learning learning(S state, Profile profile) {
      return before.learning(state, profile);
    }

    @Override
    public List<Signal> score(S state, Profile profile, Window window) {
      return before.score(state, profile, window);
    }

    @Override
    public S learn(S state, Window window, boolean fired) {
      return before.learn(state, window, fired);
    }
  }

  private static boolean speaks(List<Alert> alerts) {
    return alerts.stream()
        .anyMatch(alert -> alert.detector().equals(BUMPED) && alert.status() != Status.RESOLVED);
  }

  /** The last state of each alert, but for its words, which may change in any version. */
  /** The score without what it gained in PUBLISH, of whose stores nothing is kept here. */
  private static String alone(Alert alert) {
    List<Signal.Contribution> own = new ArrayList<>(alert.contributions());
    Ledger.gained(alert).ifPresent(own::remove);
    double points = own.stream().mapToDouble(Signal.Contribution::points).sum();
    return String.format(Locale.ROOT, "%.6f", points);
  }

  private static List<String> told(List<Alert> alerts, Set<String> without) {
    Map<String, String> last = new TreeMap<>();
    for (Alert alert : alerts) {
      if (!without.contains(alert.detector())) {
        last.put(
            alert.id(),
            alert.detector()
                + ' '
                + alert.workload()
                + ' '
                + alert.subject()
                + ' '
                + alert.status()
                + ' '
                + alone(alert)
                + ' '
                + Instant.ofEpochMilli(alert.windowStart())
                + ' '
                + Instant.ofEpochMilli(alert.windowEnd())
                + ' '
                + alert.windows());
      }
    }
    return last.entrySet().stream().map(each -> each.getKey() + ' ' + each.getValue()).toList();
  }

  private WrittenHistory today() throws IOException {
    return WrittenHistory.write(directory(), directory());
  }

  private Path directory() {
    try {
      return Files.createTempDirectory(scratch, "run");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static WrittenHistory kept(String version) {
    try {
      return new WrittenHistory(Path.of(WrittenStateTest.class.getResource(version).toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
