package io.tidemark.alert;

import static io.tidemark.alert.TestAlerts.CART;
import static io.tidemark.alert.TestAlerts.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlertIdTest {

  @Test
  void sameContentSameId() {
    String one = AlertId.of("new-peer", CART, Source.HUBBLE, "peer", "10.0.0.9", NOON);

    String other =
        AlertId.of(
            "new-peer",
            new Workload("prod", "shop", "cart"),
            Source.HUBBLE,
            "peer",
            "10.0.0.9",
            NOON);

    assertEquals(one, other);
    assertEquals("e9802203826610e816c1a520fa2782cd", one, "computed from the description alone");
    assertTrue(one.matches("[0-9a-f]{32}"), one);
  }

  @Test
  void eachPartTellsIdsApartEvenWhereTheirTextRunsTogether() {
    Set<String> ids = new HashSet<>();
    List<String> words = List.of("", "a", "aa", "aaa", "a\0", "\0a");

    int count = 0;
    for (String detector : words) {
      for (String kind : words) {
        for (String subject : words) {
          ids.add(AlertId.of(detector, CART, Source.HUBBLE, kind, subject, NOON));
          count++;
        }
      }
    }
    ids.add(AlertId.of("", CART, Source.VPC_CNI, "", "", NOON));
    ids.add(AlertId.of("", CART, Source.HUBBLE, "", "", NOON + 1));
    ids.add(AlertId.of("", new Workload("prod", "shop", "cart2"), Source.HUBBLE, "", "", NOON));

    assertEquals(count + 3, ids.size());
  }
}
