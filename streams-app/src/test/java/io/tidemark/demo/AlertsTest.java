package io.tidemark.demo;

import static io.tidemark.demo.Happenings.START;
import static io.tidemark.demo.Happenings.alert;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertsTest {

  private static Alert state(Status status, double score) {
    return alert("a", "volume", "shop/cart", START, status, score);
  }

  @Test
  void aPersonSeesWhatIsNewAndWhatGetsWorse() {
    Alerts alerts = new Alerts();

    assertTrue(alerts.take(state(Status.OPEN, 60)));
    assertFalse(alerts.take(state(Status.UPDATE, 70)));
    assertTrue(alerts.take(state(Status.UPDATE, 80)));
    assertFalse(alerts.take(state(Status.RESOLVED, 96)));
  }

  @Test
  void anAlertKeepsItsBeginningAndItsLatestState() {
    Alerts alerts = new Alerts();
    Alert first = alert("a", "volume", "shop/cart", START, Status.OPEN, 60);
    Alert last = alert("a", "volume", "shop/cart", START + 60_000, Status.RESOLVED, 80);

    alerts.take(first);
    alerts.take(last);

    assertEquals(List.of(new Told(first, last)), List.copyOf(alerts.all()));
    assertEquals(START, alerts.all().iterator().next().since());
  }

  @Test
  void theCanonicalFormIsSortedAndHoldsEachAlertOnce() {
    Alerts alerts = new Alerts();
    Alert b = alert("b", "volume", "shop/cart", START, Status.OPEN, 60);
    Alert a = state(Status.OPEN, 60);
    Alert resolved = state(Status.RESOLVED, 60);

    List.of(b, a, resolved).forEach(alerts::take);

    assertEquals(
        List.of(AlertJson.write(resolved, true), AlertJson.write(b, true)), alerts.canonical());
  }
}
