package io.tidemark.pipeline;

import io.tidemark.detect.Detector;
import io.tidemark.detect.Learning;
import io.tidemark.detect.Profile;
import io.tidemark.detect.Signal;
import io.tidemark.detect.Window;
import io.tidemark.state.Codec;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.List;

/**
 * Fires when a workload says nothing for a while: a detector that is due without facts. For tests
 * of the pipeline.
 *
 * @param patience milliseconds of silence, a multiple of the window's length
 */
public record Silence(long patience) implements Detector<Silence.Heard> {

  /** When something was last heard, and when it was last asked. */
  public record Heard(long last, long asked) {}

  @Override
  public String name() {
    return "silence";
  }

  @Override
  public int version() {
    return 3;
  }

  @Override
  public Heard initial(long start) {
    return new Heard(start, start);
  }

  @Override
  public Learning learning(Heard heard, Profile profile) {
    return Learning.complete();
  }

  @Override
  public List<Signal> score(Heard heard, Profile profile, Window window) {
    long silent = window.start() - heard.last();
    if (!window.activity().isEmpty() || silent < patience || window.lossy()) {
      return List.of();
    }
    return List.of(
        new Signal(
            "metric",
            "flows",
            60,
            List.of(),
            List.of(),
            List.of(),
            heard.last(),
            window.end(),
            window.workload() + " is silent",
            List.of(),
            null));
  }

  @Override
  public Heard learn(Heard heard, Window window, boolean fired) {
    return new Heard(window.activity().isEmpty() ? heard.last() : window.start(), window.start());
  }

  @Override
  public long due(Heard heard) {
    return heard.asked() + patience;
  }

  @Override
  public Codec<Heard> codec() {
    return new Codec<>() {
      @Override
      public void write(Heard heard, StateWriter out) {
        out.varlong(heard.last()).varlong(heard.asked());
      }

      @Override
      public Heard read(StateReader in) {
        return new Heard(in.varlong(), in.varlong());
      }
    };
  }
}
