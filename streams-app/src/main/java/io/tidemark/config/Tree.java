package io.tidemark.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was written, before anything is known of its types. */
sealed interface Tree {

  Place place();

  /**
   * A scalar, untyped: what it means depends on the key's type, not on how YAML would guess.
   *
   * @param raw as written
   * @param text with references resolved
   */
  record Text(String raw, String text, Place place) implements Tree {
    boolean hasReference() {
      return !raw.equals(text);
    }
  }

  /** A key without a value. */
  record Nothing(Place place) implements Tree {}

  record Items(List<Tree> items, Place place) implements Tree {}

  /** The place of an entry's value is that of its key. */
  record Entries(Map<String, Tree> entries, Place place) implements Tree {

    /** Both together; where both have a key, {@code over} wins, maps being merged in depth. */
    Entries mergedWith(Entries over) {
      Map<String, Tree> merged = new LinkedHashMap<>(entries);
      over.entries.forEach(
          (key, value) ->
              merged.merge(
                  key,
                  value,
                  (under, top) ->
                      under instanceof Entries a && top instanceof Entries b
                          ? a.mergedWith(b)
                          : top));
      return new Entries(merged, place);
    }
  }
}
