package io.tidemark.pipeline;

import io.tidemark.detect.Detector;
import io.tidemark.detect.Learning;
import io.tidemark.detect.Profile;
import io.tidemark.detect.Signal;
import io.tidemark.detect.Window;
import io.tidemark.state.Codec;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.window.Edge;
import io.tidemark.window.EdgeKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The simplest detector that has a baseline: fires on peers and ports not seen before. For tests of
 * the pipeline.
 *
 * @param warmUp event time before it speaks, milliseconds
 * @param located whether its evidence says where the records lie
 */
public record NewEdge(long warmUp, boolean located) implements Detector<SortedSet<String>> {

  @Override
  public String name() {
    return "new-edge";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public SortedSet<String> initial(long start) {
    return new TreeSet<>();
  }

  @Override
  public Learning learning(SortedSet<String> known, Profile profile) {
    return profile.age() >= warmUp
        ? Learning.complete()
        : new Learning(List.of("age of " + warmUp + " ms"));
  }

  @Override
  public List<Signal> score(SortedSet<String> known, Profile profile, Window window) {
    List<Signal> signals = new ArrayList<>();
    for (Edge edge : window.activity().edges().values()) {
      if (!known.contains(text(edge.key()))) {
        signals.add(signal(edge, window));
      }
    }
    return signals;
  }

  @Override
  public SortedSet<String> learn(SortedSet<String> known, Window window, boolean fired) {
    window.activity().edges().keySet().forEach(key -> known.add(text(key)));
    return known;
  }

  @Override
  public Codec<SortedSet<String>> codec() {
    return new Codec<>() {
      @Override
      public void write(SortedSet<String> known, StateWriter out) {
        out.varint(known.size());
        known.forEach(out::string);
      }

      @Override
      public SortedSet<String> read(StateReader in) {
        TreeSet<String> known = new TreeSet<>();
        for (int left = in.count(); left > 0; left--) {
          known.add(in.text());
        }
        return known;
      }
    };
  }

  private Signal signal(Edge edge, Window window) {
    EdgeKey key = edge.key();
    return new Signal(
        "peer",
        text(key),
        80,
        List.of(new Signal.Contribution("novelty", 80, "never seen before")),
        List.of(),
        List.of(
            new Signal.Evidence(
                key.peer().id(),
                key.port(),
                Integer.toString(key.protocol()),
                String.join(" ", edge.pods()),
                edge.connections(),
                edge.denied(),
                edge.records(),
                located ? edge.coordinates() : List.of())),
        window.start(),
        window.end(),
        window.workload() + " has a new edge: " + text(key),
        List.of(),
        "T1046");
  }

  private static String text(EdgeKey key) {
    return key.direction() + " " + key.peer() + " " + key.protocol() + "/" + key.port();
  }
}
