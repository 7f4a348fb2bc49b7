package io.tidemark.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Ratios that must be reached.
 *
 * @param least by ratio, above 0
 */
record Bounds(Map<Ratio, Double> least) {

  /**
   * Reads {@code tidemark/reference=1.5,tidemark/limit=0.3}; empty for none.
   *
   * @throws IllegalArgumentException naming what cannot be read
   */
  static Bounds of(String text) {
    Map<Ratio, Double> least = new LinkedHashMap<>();
    for (String each : text.isBlank() ? new String[0] : text.split(",", -1)) {
      String[] parts = each.split("=", -1);
      if (parts.length != 2) {
        throw new IllegalArgumentException(
            "a bound is a ratio and a figure, such as tidemark/reference=1.5, not " + each);
      }
      least.put(Ratio.of(parts[0].strip()), figure(parts[1].strip(), each));
    }
    return new Bounds(least);
  }

  private static double figure(String text, String bound) {
    try {
      double figure = Double.parseDouble(text);
      if (figure > 0 && Double.isFinite(figure)) {
        return figure;
      }
    } catch (NumberFormatException e) {
      // Said below, with all others that are no bounds.
    }
    throw new IllegalArgumentException("a bound is a figure above 0, not " + bound);
  }

  /** What is not reached, a sentence each; a ratio that was not measured is not reached. */
  List<String> broken(Results results) {
    List<String> broken = new ArrayList<>();
    least.forEach(
        (ratio, bound) ->
            results
                .faster(ratio)
                .ifPresentOrElse(
                    reached -> {
                      if (reached.median() < bound) {
                        broken.add(
                            String.format(
                                Locale.ROOT,
                                "%s is %.2f, not at least %.2f",
                                ratio.text(),
                                reached.median(),
                                bound));
                      }
                    },
                    () -> broken.add(ratio.text() + " was not measured")));
    return broken;
  }
}
