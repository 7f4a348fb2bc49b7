package io.tidemark.pipeline;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertSettings;
import io.tidemark.control.Control;
import io.tidemark.publish.Ledger;
import io.tidemark.publish.Outcome;
import io.tidemark.publish.PublishSettings;
import io.tidemark.state.MemoryObjectStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * PUBLISH in memory, for a finite input that is read once: the same stage as in the service, and
 * what it let through. Shared by all that judge a part of the input, each in its own thread.
 */
public final class LocalPublish {

  private final PublishStage stage;
  private final Map<String, Alert> alerts = new HashMap<>();
  private final Map<String, Alert> shadowed = new HashMap<>();
  private final Map<String, Outcome> reasons = new HashMap<>();
  private Consumer<Alert> listener = alert -> {};
  private long suppressed;

  /**
   * @param control what operators ask for
   */
  public LocalPublish(Duration windowLength, AlertSettings settings, Control control) {
    stage =
        new PublishStage(
            windowLength,
            PublishSettings.of(settings),
            new PublishStage.Stores(
                new MemoryObjectStore<>(), new MemoryObjectStore<>(), new MemoryObjectStore<>()),
            control,
            new Published());
  }

  /** Has somebody else hear every alert, and every update of one, as it is published. */
  void listen(Consumer<Alert> also) {
    listener = also;
  }

  synchronized void accept(Told told) {
    stage.accept(told);
  }

  /** The input is at its end: decides what is left, without waiting for anybody. */
  public synchronized void finish() {
    stage.finish();
  }

  /**
   * Every alert as it was published last, by time: what a reader of the alert topic would hold. One
   * that is still open may have gone on since.
   */
  public synchronized List<Alert> alerts() {
    return alerts.values().stream().sorted(LocalJudge.ORDER).toList();
  }

  /**
   * Every alert that was recorded but not published, as it stood last, by time: what a reader of
   * the shadow topic would hold.
   */
  public synchronized List<Alert> shadowed() {
    return shadowed.values().stream().sorted(LocalJudge.ORDER).toList();
  }

  /** Why an alert was last held back; empty if it was published, or is none of these. */
  public synchronized Optional<Outcome> heldBack(String alertId) {
    return Optional.ofNullable(reasons.get(alertId));
  }

  /** How often an alert of this stage's own was not told because operators did not want it. */
  synchronized long suppressed() {
    return suppressed;
  }

  private final class Published implements Ledger.Output {

    @Override
    public void published(Alert alert) {
      alerts.put(alert.id(), alert);
      listener.accept(alert);
      reasons.remove(alert.id());
    }

    @Override
    public void shadowed(Alert alert, Outcome why) {
      shadowed.put(alert.id(), alert);
      reasons.put(alert.id(), why);
    }

    @Override
    public void suppressed(Alert alert) {
      suppressed++;
    }
  }
}
