package io.tidemark.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemark.detect.Window;
import io.tidemark.evaluate.Rival.Finding;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.window.Activity;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RivalRunTest {

  private static final Workload CART = new Workload("prod", "shop", "cart");

  /** Finds every window odd. */
  private static final class Alarmist implements Rival {

    @Override
    public String name() {
      return "alarmist";
    }

    @Override
    public String rule() {
      return "Everything is odd.";
    }

    @Override
    public void judge(Window window, Findings findings) {
      findings.found(
          new Finding(
              window.workload(),
              "metric",
              "all",
              window.start(),
              window.end(),
              window.end(),
              "odd"));
    }
  }

  private final RivalRun run =
      new RivalRun(
          new Alarmist(),
          10 * Said.MINUTE,
          () -> List.of(Said.event("e", 10, 20, "shop/cart", "port-scan")),
          Said.RULES);

  @Test
  void whatGoesOnIsOneAlertAndFindsTheEventWhateverItAsksFor() {
    for (int minute = 0; minute < 30; minute++) {
      run.judge(window(minute));
    }

    Score score = run.finish(Said.tenDays()).evaluation().score();
    assertEquals(1, score.right());
    assertEquals(1, score.found());
    assertEquals(0, score.wrong());
  }

  @Test
  void afterAQuietTimeAnotherAlertBegins() {
    run.judge(window(100));
    run.judge(window(109));
    run.judge(window(121)); // 11 minutes after the end of the one before

    Score score = run.finish(Said.tenDays()).evaluation().score();
    assertEquals(2, score.wrong());
    assertEquals(0.2, score.wrongPerDay(), 1e-12);
    assertEquals(0, score.found());
  }

  private static Window window(int minute) {
    return new Window(
        Source.HUBBLE, CART, Said.at(minute), Said.at(minute + 1), new Activity(), false);
  }
}
