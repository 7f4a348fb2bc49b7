package io.tidemark.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfileTest {

  @Test
  void timeBelongsToTheInnermostOfThoseWhoAskedForIt() {
    Profile profile =
        new Profile(
            List.of(
                List.of("java.lang.String.hashCode", "io.tidemark.flow.HubbleParser.parse"),
                List.of(
                    "java.util.HashMap.get",
                    "io.tidemark.window.Fold.add",
                    "io.tidemark.pipeline.ObserveStage.accept"),
                List.of("io.tidemark.window.Fold.add", "io.tidemark.pipeline.ObserveStage.accept"),
                List.of("java.lang.Thread.run")));

    List<Map.Entry<String, Double>> shares = profile.areasByShare();

    assertEquals(
        List.of(
            Map.entry("folding, merging facts (window)", 0.5),
            Map.entry("parsing lines, identity (flow)", 0.25),
            Map.entry("the JVM itself, and others", 0.25)),
        shares);
  }

  @Test
  void methodsAreCountedWhereTheyAreExecuting() {
    Profile profile =
        new Profile(List.of(List.of("a.A.one", "a.A.two"), List.of("a.A.one"), List.of("a.A.two")));

    List<Map.Entry<String, Double>> shares = profile.methodsByShare();

    assertEquals(List.of("a.A.one", "a.A.two"), shares.stream().map(Map.Entry::getKey).toList());
    assertEquals(2 / 3.0, shares.get(0).getValue());
  }
}
