package io.tidemark.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tidemark.flow.PodName;
import io.tidemark.schemas.WorkloadAddress;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class AddressRecordTest {

  private static final Instant SINCE = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void aPodsTemplateIsKnownByItsNameOrByItsLabel() {
    String byName = pod("web-7d9f8c6b54-x7k2p", null);
    String byLabel = pod("kafka-0", "kafka-6c8f9d7b54");

    assertEquals("7d9f8c6b54", PodName.revision(byName));
    assertEquals("kafka-6c8f9d7b54", PodName.revision(byLabel));
    assertEquals("", PodName.revision(pod("kafka-0", null)));
  }

  @Test
  void anAddressThatIsNoPodsHasNone() {
    assertNull(pod(null, null));
  }

  private static String pod(String name, String template) {
    WorkloadAddress told =
        new WorkloadAddress(
            "", "10.0.1.5", "shop", "StatefulSet", "kafka", name, template, SINCE, null);
    return AddressRecord.of(told, "default").owner().pod();
  }
}
