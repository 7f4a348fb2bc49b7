package io.tidemark.load.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.Severity;
import io.tidemark.alert.Status;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PromisesTest {

  private static final Map<Integer, Long> WRITTEN = Map.of(0, 10L);
  private static final Count ALL = new Count(10, 6, 1, 1, 1, 1);

  @Test
  void whatIsExpectedIsKept() {
    Promises promises = promises();

    promises.told(alert("a", Status.OPEN, 1, 50));
    promises.told(alert("a", Status.RESOLVED, 3, 60));
    promises.heldBack(alert("s", Status.OPEN, 1, 50));
    promises.counted(0, ALL);

    assertEquals(List.of(), promises.broken(WRITTEN));
    assertTrue(promises.fulfilled(WRITTEN));
  }

  @Test
  void anAlertThatDiffersByOneByteIsNotTheSame() {
    Promises promises = kept();

    promises.told(alert("a", Status.RESOLVED, 4, 60.00001));

    assertBroken(promises, "alert differs");
  }

  @Test
  void anAlertThatIsMissingOrTooManyIsTold() {
    Promises missing = promises();
    missing.counted(0, ALL);
    Promises tooMany = kept();

    tooMany.told(alert("b", Status.OPEN, 1, 50));

    assertBroken(missing, "alert missing", "held back missing");
    assertBroken(tooMany, "alert too many");
  }

  @Test
  void aStateToldTwiceIsTold() {
    Promises promises = promises();

    promises.told(alert("a", Status.OPEN, 1, 50));
    promises.told(alert("a", Status.OPEN, 1, 50));
    promises.told(alert("a", Status.RESOLVED, 3, 60));
    promises.heldBack(alert("s", Status.OPEN, 1, 50));
    promises.counted(0, ALL);

    assertBroken(promises, "told twice");
    assertEquals(1, promises.twice());
  }

  @Test
  void statesOutOfOrderAreTold() {
    Promises back = promises();
    back.told(alert("a", Status.OPEN, 1, 50));
    back.told(alert("a", Status.UPDATE, 5, 50));
    back.told(alert("a", Status.UPDATE, 2, 50));
    Promises unopened = promises();
    unopened.told(alert("a", Status.RESOLVED, 3, 60));

    assertBroken(back, "was followed by");
    assertBroken(unopened, "was never opened");
  }

  @Test
  void aRecordThatIsNotAccountedForIsTold() {
    Promises unread = kept();
    Promises vanished = kept();

    List<String> ofUnread = unread.broken(Map.of(0, 11L));
    vanished.counted(0, new Count(11, 6, 1, 1, 1, 1));

    assertEquals(1, ofUnread.size(), ofUnread.toString());
    assertFalse(vanished.broken(Map.of(0, 11L)).isEmpty());
  }

  @Test
  void whatTwoBuildsTellDifferentlyIsNotComparedButIsToldOnceAndInOrder() {
    Promises promises = promises(Set.of("b"));
    promises.told(alert("a", Status.OPEN, 1, 50));
    promises.told(alert("a", Status.RESOLVED, 3, 60));
    promises.heldBack(alert("s", Status.OPEN, 1, 50));
    promises.counted(0, ALL);

    promises.told(alert("b", Status.OPEN, 1, 50));
    List<String> once = promises.broken(WRITTEN);
    promises.told(alert("b", Status.OPEN, 1, 50));

    assertEquals(List.of(), once);
    assertBroken(promises, "told twice");
  }

  private static Promises kept() {
    Promises promises = promises();
    promises.told(alert("a", Status.OPEN, 1, 50));
    promises.told(alert("a", Status.RESOLVED, 3, 60));
    promises.heldBack(alert("s", Status.OPEN, 1, 50));
    promises.counted(0, ALL);
    return promises;
  }

  private static Promises promises() {
    return promises(Set.of());
  }

  private static Promises promises(Set<String> either) {
    SortedMap<String, String> alerts = new TreeMap<>();
    alerts.put("a", AlertJson.write(alert("a", Status.RESOLVED, 3, 60), true));
    SortedMap<String, String> shadow = new TreeMap<>();
    shadow.put("s", AlertJson.write(alert("s", Status.OPEN, 1, 50), true));
    return new Promises(new Load(List.of(), alerts, shadow, either, null));
  }

  private static Alert alert(String id, Status status, int windows, double score) {
    return new Alert(
        id,
        "volume",
        1,
        status,
        Severity.of(score),
        score,
        List.of(),
        Source.HUBBLE,
        new Workload("c", "ns", "web"),
        "Deployment",
        "peer",
        "c/ns/db",
        Load.START,
        Load.START + 10_000,
        windows,
        "too much",
        List.of(),
        List.of(),
        List.of(),
        null);
  }

  private static void assertBroken(Promises promises, String... expected) {
    String broken = promises.broken(WRITTEN).toString();
    for (String each : expected) {
      assertTrue(broken.contains(each), each + " is not in " + broken);
    }
  }
}
