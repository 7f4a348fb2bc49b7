package io.tidemark.evaluate;

import io.tidemark.alert.Alert;
import io.tidemark.alert.Severity;
import io.tidemark.detect.Window;
import io.tidemark.pipeline.LocalJudge;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Listens to the stages: what is published and when, and whom JUDGE judges. Keeps one claim per
 * alert and two numbers per workload, however long the history.
 */
public final class Telling implements LocalJudge.Listener {

  private final Severity least;
  private final Consumer<Window> windows;
  private final Exposure exposure = new Exposure();
  private final Map<String, Claim> claims = new HashMap<>();

  /**
   * Has heard nothing yet.
   *
   * @param least an alert counts as told from when it is of this severity
   * @param windows is handed every window that is judged
   */
  public Telling(Severity least, Consumer<Window> windows) {
    this.least = least;
    this.windows = windows;
  }

  @Override
  public void published(Alert alert) {
    Claim before = claims.get(alert.id());
    boolean counted = before != null && before.severity().compareTo(least) >= 0;
    boolean again = before != null && (counted || alert.severity().compareTo(least) < 0);
    claims.put(alert.id(), Claim.of(alert, again ? before.told() : alert.windowEnd()));
  }

  @Override
  public void judging(Window window) {
    if (!window.activity().isEmpty() && !window.workload().isSource()) {
      exposure.active(window.workload(), window.start(), window.end());
    }
    windows.accept(window);
  }

  /** Every alert, as it was told last. */
  public Collection<Claim> claims() {
    return claims.values();
  }

  public Exposure exposure() {
    return exposure;
  }
}
