package io.tidemark.pipeline;

import static io.tidemark.control.Said.book;
import static io.tidemark.control.Said.detector;
import static io.tidemark.control.Said.said;
import static io.tidemark.control.Said.workload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.alert.Status;
import io.tidemark.control.Book;
import io.tidemark.control.Kind;
import io.tidemark.control.Selection;
import io.tidemark.control.Statement;
import io.tidemark.detect.Detector;
import io.tidemark.detect.Learning;
import io.tidemark.detect.Profile;
import io.tidemark.detect.Signal;
import io.tidemark.detect.Window;
import io.tidemark.flow.AddressBook;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.state.Codec;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.window.Activity;
import io.tidemark.window.Fact;
import io.tidemark.window.Totals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What statements do to the judgement of a workload, window by window. */
final class ControlTest {

  private static final long T = 1_736_157_600_000L;
  private static final long LENGTH = PurePipeline.LENGTH.toMillis();
  private static final Workload WEB = new Workload("default", "shop", "web");
  private static final Selection SHOP = workload("*/shop/*");

  /**
   * Fires in every window once it has learned some, and tells how many it learned.
   *
   * @param ready windows to be learned before it speaks
   */
  private record Counter(String name, long ready) implements Detector<Long> {

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
      return profile.windowsSeen() >= ready && profile.age() >= ready * LENGTH
          ? Learning.complete()
          : new Learning(List.of("windows"));
    }

    @Override
    public List<Signal> score(Long learned, Profile profile, Window window) {
      return List.of(
          new Signal(
              "peer",
              "db",
              // So that the summary is that of the latest window, but never worth an update.
              80 + learned / 100.0,
              List.of(),
              List.of(),
              List.of(),
              window.start(),
              window.end(),
              "knowing " + learned,
              List.of(),
              null));
    }

    @Override
    public Long learn(Long learned, Window window, boolean fired) {
      return learned + 1;
    }
  }

  @Test
  void asLongAsASuppressionHoldsNothingIsToldAndWhatOutlivesItIsToldAsNew() {
    PurePipeline pipeline = run(book(said("s", Kind.SUPPRESS, SHOP, at(1), at(6))), 9, 1);

    assertEquals(
        List.of("OPEN 1..7 6 windows", "UPDATE 1..11 10 windows"),
        told(run(book(said("s", Kind.SUPPRESS, SHOP, at(1), at(6))), 12, 1)));
    assertEquals(
        List.of(Status.OPEN, Status.OPEN, Status.OPEN),
        pipeline.suppressed.stream().map(Alert::status).toList(),
        "at the first, second and fifth window it would have been told");
  }

  @Test
  void whatWasToldBeforeASuppressionIsBroughtUpToDateAfterIt() {
    PurePipeline pipeline = run(book(said("s", Kind.SUPPRESS, SHOP, at(2), at(7))), 9, 1);

    assertEquals(List.of("OPEN 1..2 1 windows", "UPDATE 1..8 7 windows"), told(pipeline));
  }

  @Test
  void theEndOfWhatIsKnownIsToldInSpiteOfASuppressionAndTheEndOfWhatIsNotIsNot() {
    Book before = book(said("s", Kind.SUPPRESS, SHOP, at(3), Statement.FOR_EVER));
    Book always = book(said("s", Kind.SUPPRESS, SHOP, at(0), Statement.FOR_EVER));

    PurePipeline known = run(before, 4, 1);
    quiet(known, 4, 1_000);
    PurePipeline unknown = run(always, 4, 1);
    quiet(unknown, 4, 1_000);

    assertEquals(
        List.of("OPEN 1..2 1 windows", "UPDATE 1..3 2 windows", "RESOLVED 1..4 3 windows"),
        told(known));
    assertEquals(List.of(), told(unknown));
  }

  @Test
  void anAlertThatDoesNotMatchIsToldAllTheSame() {
    Selection other = new Selection("*/shop/*", "count", "cache", null);

    PurePipeline pipeline = run(book(said("s", Kind.SUPPRESS, other, at(0), at(99))), 3, 1);

    assertEquals(List.of("OPEN 1..2 1 windows", "UPDATE 1..3 2 windows"), told(pipeline));
  }

  @Test
  void whileItIsFrozenAWorkloadIsScoredAndDoesNotLearn() {
    Book frozen = book(said("f", Kind.FREEZE, detector("*/shop/*", "count"), at(2), at(7)));

    List<String> summaries = summaries(run(frozen, 25, 1));

    // Windows 1 and 2 were learned when the freeze began; 5 windows were not learned.
    assertEquals(
        List.of("knowing 1", "knowing 2", "knowing 2", "knowing 5", "knowing 15"), summaries);
  }

  @Test
  void whatIsFrozenWhileItWarmsUpDoesNotComeNearerToSpeaking() {
    Book frozen = book(said("f", Kind.FREEZE, SHOP, at(1), at(11)));

    PurePipeline free = run(book(), 30, 5);
    PurePipeline held = run(frozen, 30, 5);

    assertEquals(at(5), free.alerts().get(0).windowStart());
    assertEquals(at(15), held.alerts().get(0).windowStart());
    assertEquals("knowing 5", held.alerts().get(0).summary());
  }

  @Test
  void maintenanceNeitherTellsNorLearns() {
    PurePipeline pipeline = run(book(said("m", Kind.MAINTENANCE, SHOP, at(2), at(7))), 9, 1);

    assertEquals(
        List.of("OPEN 1..2 1 windows", "UPDATE 1..8 7 windows"), told(pipeline), "not told");
    assertEquals(List.of("knowing 1", "knowing 2"), summaries(pipeline), "not learned");
  }

  @Test
  void forgettingClosesWhatIsOpenOnceAndLearningBeginsAnew() {
    PurePipeline pipeline = run(book(said("x", Kind.FORGET, SHOP, at(6), at(99))), 12, 3);

    assertEquals(
        List.of(
            "OPEN 3..4 1 windows",
            "UPDATE 3..5 2 windows",
            "RESOLVED 3..6 3 windows",
            "OPEN 9..10 1 windows",
            "UPDATE 9..11 2 windows"),
        told(pipeline));
    assertEquals("knowing 3", pipeline.alerts().get(3).summary());
    assertTrue(
        pipeline.alerts().get(2).summary().endsWith("forgotten on request)"),
        pipeline.alerts().get(2).summary());
    assertEquals(at(6), pipeline.reports.get(pipeline.reports.size() - 1).firstSeen());
  }

  @Test
  void oneDetectorMayForgetWhileTheOthersDoNot() {
    Book book = book(said("x", Kind.FORGET, detector("*/shop/*", "count"), at(6), at(99)));
    Panel panel = new Panel(List.of(new Counter("count", 3), new Counter("other", 3)));

    PurePipeline pipeline = pipeline(book, panel);
    traffic(pipeline, 0, 12);

    assertEquals(
        List.of(
            "OPEN 3..4 1 windows",
            "UPDATE 3..5 2 windows",
            "RESOLVED 3..6 3 windows",
            "OPEN 9..10 1 windows",
            "UPDATE 9..11 2 windows"),
        told(pipeline, "count"));
    assertEquals(
        List.of("OPEN 3..4 1 windows", "UPDATE 3..5 2 windows", "UPDATE 3..8 5 windows"),
        told(pipeline, "other"));
  }

  @Test
  void aWorkloadThatSaysNothingIsForgottenToo() {
    PurePipeline pipeline = run(book(said("x", Kind.FORGET, SHOP, at(6), at(99_999))), 4, 1);
    quiet(pipeline, 4, 1_000);

    assertEquals(0, pipeline.dossiers.size());
    assertEquals(Status.RESOLVED, pipeline.alerts().get(2).status());
    assertEquals(3, pipeline.alerts().size(), "each end is told once");
  }

  @Test
  void feedbackChangesNothing() {
    Statement feedback =
        new Statement(
            "f",
            Kind.FEEDBACK,
            SHOP,
            Statement.FALSE_ALARM,
            Statement.ALWAYS,
            Statement.FOR_EVER,
            "",
            "",
            Statement.ALWAYS);

    assertEquals(told(run(book(), 9, 1)), told(run(book(feedback), 9, 1)));
  }

  private static PurePipeline run(Book book, int windows, long ready) {
    PurePipeline pipeline = pipeline(book, new Panel(List.of(new Counter("count", ready))));
    traffic(pipeline, 0, windows);
    return pipeline;
  }

  private static PurePipeline pipeline(Book book, Panel panel) {
    return new PurePipeline("raw", 1, Duration.ofSeconds(30), panel, AddressBook.EMPTY, book);
  }

  /** Traffic in every window; each is judged at once, and every other is written and read again. */
  private static void traffic(PurePipeline pipeline, int from, int to) {
    for (int window = from; window < to; window++) {
      pipeline.tell(new Fact.Traffic(Source.HUBBLE, 0, at(window), WEB, activity()));
      quiet(pipeline, window, window + 1);
      if (window % 2 == 0) {
        pipeline.restart();
      }
    }
  }

  private static void quiet(PurePipeline pipeline, int from, int to) {
    LongStream.rangeClosed(from + 1, to)
        .forEach(end -> pipeline.tell(new Fact.Watermark(Source.HUBBLE, 0, 1, at(end), 0, false)));
  }

  private static long at(long window) {
    return T + window * LENGTH;
  }

  private static List<String> told(PurePipeline pipeline) {
    return told(pipeline, "count");
  }

  private static List<String> told(PurePipeline pipeline, String detector) {
    List<String> told = new ArrayList<>();
    for (Alert alert : pipeline.alerts()) {
      if (alert.detector().equals(detector)) {
        told.add(
            "%s %d..%d %d windows"
                .formatted(
                    alert.status(),
                    (alert.windowStart() - T) / LENGTH,
                    (alert.windowEnd() - T) / LENGTH,
                    alert.windows()));
      }
    }
    return told;
  }

  private static List<String> summaries(PurePipeline pipeline) {
    return pipeline.alerts().stream().map(Alert::summary).toList();
  }

  private static Activity activity() {
    Activity activity = new Activity();
    activity.mergeKind("Deployment");
    long[] some = {1, 2};
    long[] none = {0, 0, 0};
    activity.mergeTotals(
        Totals.of(new Totals.Facts(some, some, new long[0], none, none, none, none, none, 2)),
        new Totals(),
        false);
    return activity;
  }
}
