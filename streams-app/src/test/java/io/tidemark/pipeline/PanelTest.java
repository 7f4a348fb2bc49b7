package io.tidemark.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.detect.Profile;
import io.tidemark.detect.Window;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.window.Activity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PanelTest {

  private static final long HOUR = 3_600_000;
  private static final long WARM_UP = HOUR;
  private static final String NEW_EDGE = "new-edge";

  @Test
  void aDetectorThatComesLaterWarmsUpHoweverOldTheWorkloadIs() {
    Panel before = new Panel(List.of(new Silence(HOUR)));
    Panel after = new Panel(List.of(new Silence(HOUR), new NewEdge(WARM_UP, false)));
    Panel.Lessons old = new Panel.Lessons();
    judge(before, old, 0, 0);

    Panel.Lessons lessons = reread(before, after, old);
    judge(after, lessons, 100 * HOUR, 50);

    assertFalse(ready(after, lessons, 101 * HOUR - 1));
    assertTrue(ready(after, lessons, 101 * HOUR));
  }

  @Test
  void whenItBeganIsRememberedOverARestart() {
    Panel before = new Panel(List.of(new Silence(HOUR)));
    Panel after = new Panel(List.of(new Silence(HOUR), new NewEdge(WARM_UP, false)));
    Panel.Lessons old = new Panel.Lessons();
    judge(before, old, 0, 0);
    Panel.Lessons lessons = reread(before, after, old);
    judge(after, lessons, 100 * HOUR, 50);

    Panel.Lessons again = reread(after, after, lessons);

    assertFalse(ready(after, again, 101 * HOUR - 1));
    assertTrue(ready(after, again, 101 * HOUR));
  }

  private static Panel.Lessons reread(Panel writer, Panel reader, Panel.Lessons lessons) {
    StateWriter out = new StateWriter();
    writer.write(lessons, out);
    writer.writeBeginnings(lessons, out);
    List<String> forgotten = new ArrayList<>();
    StateReader in = new StateReader(out.toBytes());
    Panel.Lessons read = reader.read(in, forgotten);
    reader.readBeginnings(read, in);
    in.expectEnd();
    assertEquals(List.of(), forgotten);
    return read;
  }

  private static void judge(Panel panel, Panel.Lessons lessons, long start, long windowsSeen) {
    panel.judge(
        lessons,
        new Profile(0, windowsSeen, start),
        new Window(
            Source.HUBBLE,
            new Workload("c", "n", "w"),
            start,
            start + 10_000,
            new Activity(),
            false),
        detector -> false,
        0);
  }

  private static boolean ready(Panel panel, Panel.Lessons lessons, long start) {
    return panel.learning(lessons, new Profile(0, 1_000, start)).get(NEW_EDGE).ready();
  }
}
