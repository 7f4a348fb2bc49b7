package io.tidemark.determinism;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The last state of every alert, published or held back, is the expected one, byte for byte in
 * canonical form.
 */
public final class SameBytes implements Guarantee {

  private final SortedMap<String, String> expected;
  private final SortedMap<String, String> expectedShadow;
  private final SortedMap<String, String> last = new TreeMap<>();
  private final SortedMap<String, String> lastShadow = new TreeMap<>();

  /**
   * @param expected canonical form by id, of what is published
   * @param expectedShadow the same, of what is held back
   */
  public SameBytes(SortedMap<String, String> expected, SortedMap<String, String> expectedShadow) {
    this.expected = expected;
    this.expectedShadow = expectedShadow;
  }

  @Override
  public void told(Alert alert) {
    last.put(alert.id(), AlertJson.write(alert, true));
  }

  @Override
  public void heldBack(Alert alert) {
    lastShadow.put(alert.id(), AlertJson.write(alert, true));
  }

  @Override
  public boolean fulfilled() {
    return last.equals(expected) && lastShadow.equals(expectedShadow);
  }

  @Override
  public void verify() {
    // One per line, so that a difference shows where it is.
    assertEquals(
        String.join("\n", expected.values()), String.join("\n", last.values()), "same bytes");
    assertEquals(
        String.join("\n", expectedShadow.values()),
        String.join("\n", lastShadow.values()),
        "same bytes held back");
  }
}
