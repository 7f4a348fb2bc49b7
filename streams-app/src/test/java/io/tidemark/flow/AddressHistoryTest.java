package io.tidemark.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemark.flow.AddressBook.Owner;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AddressHistoryTest {

  private static final Owner A = owner("a");
  private static final Owner B = owner("b");

  @Test
  void whoeverHadItAtTheWindowsStartHasIt() {
    AddressHistory history = new AddressHistory();
    history.add(A, 100, 200, 0);
    history.add(B, 205, AddressHistory.OPEN, 0);

    assertEquals(Optional.empty(), history.owner(80, 100, 1_000));
    assertEquals(Optional.of(A), history.owner(90, 110, 1_000));
    assertEquals(Optional.of(A), history.owner(199, 209, 1_000));
    assertEquals(Optional.of(B), history.owner(200, 210, 1_000));
    assertEquals(Optional.of(B), history.owner(9_000, 9_010, 10_000));
  }

  @Test
  void whatBecameKnownLaterIsNotUsed() {
    AddressHistory history = new AddressHistory();
    history.add(A, 100, AddressHistory.OPEN, 150);
    history.add(A, 100, 300, 400);

    assertEquals(Optional.empty(), history.owner(120, 130, 149));
    assertEquals(Optional.of(A), history.owner(120, 130, 150));
    // That it ended at 300 was not known at 399.
    assertEquals(Optional.of(A), history.owner(350, 360, 399));
    assertEquals(Optional.empty(), history.owner(350, 360, 400));
  }

  @Test
  void aMissedEndIsOvercomeByTheNextOwner() {
    AddressHistory history = new AddressHistory();
    history.add(A, 100, AddressHistory.OPEN, 0);
    history.add(B, 200, AddressHistory.OPEN, 0);

    assertEquals(Optional.of(A), history.owner(190, 200, 1_000));
    assertEquals(Optional.of(B), history.owner(200, 210, 1_000));
  }

  @Test
  void theOldestIntervalsGoFirst() {
    AddressHistory history = new AddressHistory();
    for (int i = 0; i < AddressHistory.KEPT + 10; i++) {
      history.add(owner("w" + i), i * 10L, i * 10L + 10, 0);
    }

    assertEquals(Optional.empty(), history.owner(90, 100, 99_999));
    assertEquals(Optional.of(owner("w10")), history.owner(100, 110, 99_999));
  }

  @Test
  void itsWrittenFormHoldsAllOfIt() {
    AddressHistory history = new AddressHistory();
    history.add(new Owner(A.workload(), "Job"), 100, 200, 5);
    history.add(B, 205, AddressHistory.OPEN, AddressHistory.ALWAYS);

    byte[] bytes = AddressHistory.CODEC.toBytes(history);

    AddressHistory read = AddressHistory.CODEC.fromBytes(bytes);
    assertArrayEquals(bytes, AddressHistory.CODEC.toBytes(read));
    assertEquals(Optional.of(B), read.owner(205, 210, 0));
  }

  private static Owner owner(String name) {
    return new Owner(new Workload("default", "shop", name), null);
  }
}
