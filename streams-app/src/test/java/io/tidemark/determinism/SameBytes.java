package io.tidemark.determinism;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import java.util.SortedMap;
import java.util.TreeMap;

/** The last state of every alert is the expected one, byte for byte in canonical form. */
public final class SameBytes implements Guarantee {

  private final SortedMap<String, String> expected;
  private final SortedMap<String, String> last = new TreeMap<>();

  /**
   * @param expected canonical form by id
   */
  public SameBytes(SortedMap<String, String> expected) {
    this.expected = expected;
  }

  @Override
  public void told(Alert alert) {
    last.put(alert.id(), AlertJson.write(alert, true));
  }

  @Override
  public boolean fulfilled() {
    return last.equals(expected);
  }

  @Override
  public void verify() {
    // One per line, so that a difference shows where it is.
    assertEquals(
        String.join("\n", expected.values()), String.join("\n", last.values()), "same bytes");
  }
}
