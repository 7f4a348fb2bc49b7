package io.tidemark.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemark.alert.AlertSettings;
import io.tidemark.config.Detectors;
import io.tidemark.control.Control;
import io.tidemark.flow.DomainNames;
import io.tidemark.flow.IdentitySettings;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.state.MemoryObjectStore;
import io.tidemark.window.Activity;
import io.tidemark.window.Fact;
import io.tidemark.window.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RoomTest {

  private static final long T = 1_736_157_600_000L;
  private static final long LENGTH = PurePipeline.LENGTH.toMillis();
  private static final int MOST = 5;
  private static final Panel PANEL = new Panel(Detectors.defaults().inService());
  private static final AlertSettings ALERTS = AlertSettings.defaults();

  private final MemoryObjectStore<Source, SourceProgress> progress = new MemoryObjectStore<>();
  private final CodedStore<Dossier.Key, Dossier> dossiers =
      new CodedStore<>(key -> Dossier.codec(key, PANEL, ALERTS));
  private final MemoryObjectStore<PendingKey, Activity> pending = new MemoryObjectStore<>();
  private final List<String> crowded = new ArrayList<>();
  private final List<String> forgotten = new ArrayList<>();
  private JudgeStage judge = stage();
  private long window;

  private JudgeStage stage() {
    IdentitySettings identity = IdentitySettings.defaults();
    return new JudgeStage(
        PurePipeline.LENGTH,
        PANEL,
        ALERTS,
        new DomainNames(identity),
        identity.ranges(),
        new JudgeStage.Stores(progress, pending, dossiers),
        Control.NONE,
        new Room(MOST),
        new JudgeStage.Output() {
          @Override
          public void alert(long start, io.tidemark.alert.Alert alert) {}

          @Override
          public void baseline(BaselineReport report) {}

          @Override
          public void forgot(Source source, long start, Workload workload) {
            forgotten.add(workload.name());
          }

          @Override
          public void crowded(Source source, Workload workload) {
            crowded.add(workload.name());
          }
        });
  }

  @Test
  void whoIsKnownStaysAndWhoComesLaterHasToWait() {
    speak("a", "b", "c", "d", "e");

    speak("a", "b", "new", "other");

    assertEquals("[a, b, c, d, e]", known());
    assertEquals(List.of("new", "other"), crowded);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void passersByMakeRoomAfterTenMinutesAlsoAfterARestart(boolean restart) {
    speak("a", "b");
    speak("a", "b");
    speak("a", "b", "x", "y", "z");
    pass(60);
    if (restart) {
      dossiers.restart();
      judge = stage();
    }

    speak("a", "new");

    assertEquals("[a, b, new]", known());
    assertEquals(List.of("x", "y", "z"), forgotten);
    assertEquals(List.of(), crowded);
  }

  @Test
  void nobodyGoesAsLongAsThereIsRoom() {
    speak("x", "y");
    pass(600);

    speak("a", "b", "c");

    assertEquals("[a, b, c, x, y]", known());
  }

  @Test
  void aMillionNamesLeaveNoMoreThanThereIsRoomFor() {
    for (int i = 0; i < 2_000; i++) {
      speak("a", "m" + 5 * i, "m" + (5 * i + 1), "m" + (5 * i + 2), "m" + (5 * i + 3));
      assertEquals(true, names().size() <= MOST, known());
    }

    assertEquals(true, names().contains("a"), known());
    assertEquals(0, leftPending());
  }

  @Test
  void whatStandsForTheSourceAlwaysHasRoom() {
    speak("a", "b", "c", "d", "e");

    tell(Workload.ofSource("default"));
    close();

    assertEquals("[a, b, c, d, e, source]", known());
  }

  private int leftPending() {
    int[] count = new int[1];
    pending.forEach((key, activity) -> count[0]++);
    return count[0];
  }

  private SortedSet<String> names() {
    TreeSet<String> names = new TreeSet<>();
    dossiers.forEach((key, dossier) -> names.add(key.workload().name()));
    return names;
  }

  private String known() {
    return names().toString();
  }

  /** In one window. */
  private void speak(String... names) {
    for (String name : names) {
      tell(new Workload("default", "shop", name));
    }
    close();
  }

  private void pass(int windows) {
    window += windows;
  }

  private void tell(Workload workload) {
    judge.accept(new Fact.Traffic(Source.HUBBLE, 0, T + window * LENGTH, workload, activity()));
  }

  private void close() {
    window++;
    judge.accept(new Fact.Watermark(Source.HUBBLE, 0, 1, T + window * LENGTH, 1, false));
  }

  private static Activity activity() {
    Activity activity = new Activity();
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
