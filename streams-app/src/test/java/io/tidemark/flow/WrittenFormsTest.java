package io.tidemark.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemark.state.CodecContract;
import org.junit.jupiter.api.Test;

final class WrittenFormsTest {

  @Test
  void anAddressHistoryIsWrittenAsPinned() {
    AddressHistory history = new AddressHistory();
    Workload web = new Workload("default", "shop", "web");
    history.add(new AddressBook.Owner(web, "Deployment"), 100, 200, 150);
    history.add(new AddressBook.Owner(web, null), 300, AddressHistory.OPEN, AddressHistory.ALWAYS);

    CodecContract.check(WrittenFormsTest.class, "address-history", AddressHistory.CODEC, history);
  }

  @Test
  void anAddressHistoryWithoutPodsIsStillRead() {
    AddressHistory former =
        CodecContract.written(WrittenFormsTest.class, "address-history-1", AddressHistory.CODEC);

    assertEquals(
        new AddressBook.Owner(new Workload("default", "shop", "web"), "Deployment", null),
        former.owner(100, 110, 160).orElseThrow());
  }
}
