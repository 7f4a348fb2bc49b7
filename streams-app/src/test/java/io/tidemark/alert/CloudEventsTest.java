package io.tidemark.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CloudEventsTest {

  @Test
  void theHeadersOfAnAlertAreThese() {
    Map<String, String> headers = CloudEvents.headers(TestAlerts.scan());

    assertEquals(
        "{ce_specversion=1.0,"
            + " ce_id=c538d2ef25126226b3ad205500120d3a-update-20,"
            + " ce_source=/clusters/prod/detectors/port-scan,"
            + " ce_type=io.tidemark.alert.v1,"
            + " ce_time=2026-03-01T12:04:50.000Z,"
            + " ce_subject=prod/shop/cart,"
            + " ce_partitionkey=prod/shop/cart,"
            + " ce_severitytext=HIGH,"
            + " ce_severitynumber=17,"
            + " content-type=application/avro}",
        headers.toString());
  }

  @Test
  void everyEventOfARunHasItsOwnId() {
    Random random = new Random(3);
    Episodes episodes = TestAlerts.episodes();
    Map<String, Alert> seen = new HashMap<>();

    for (int n = 0; n < 1000; n++) {
      for (Alert alert : TestAlerts.step(episodes, n, TestAlerts.some(random, n))) {
        Alert before = seen.put(CloudEvents.headers(alert).get("ce_id"), alert);
        assertTrue(before == null, () -> "seed 3: " + before + " and " + alert);
      }
    }

    assertTrue(seen.size() > 200);
  }

  @Test
  void namesOfAnyKindMakeASourceThatIsAUri() {
    Workload odd = new Workload("a b/c?#%\u001bé", "n", "x\ny");
    Alert alert =
        new Episodes(odd, Source.HUBBLE, TestAlerts.SETTINGS)
            .step(0, 10, "Pod", List.of(TestAlerts.finding("p", 70, 0)))
            .get(0);

    Map<String, String> headers = CloudEvents.headers(alert);

    assertEquals(
        "/clusters/a%20b%2Fc%3F%23%25%1B%C3%A9/detectors/new-peer",
        URI.create(headers.get("ce_source")).getRawPath());
    assertTrue(headers.get("ce_subject").chars().noneMatch(Printable::steers));
    assertEquals(odd.key(), headers.get("ce_partitionkey"));
  }
}
