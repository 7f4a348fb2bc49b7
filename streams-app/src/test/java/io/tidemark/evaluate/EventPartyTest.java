package io.tidemark.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventPartyTest {

  @ParameterizedTest
  @CsvSource({
    "cart, true",
    "Cart, true",
    "shop/cart, true",
    "prod/shop/cart, true",
    "shop/Deployment/cart, true",
    "prod/shop/Deployment/cart, true",
    "prod/shop/StatefulSet/cart, true",
    "shop/cart-7d9c5b4f66-x2x4f, true",
    "car, false",
    "data/cart, false",
    "test/shop/cart, false",
    "prod/data/Deployment/cart, false",
    "10.0.0.5, false"
  })
  void aWorkloadIsNamedByWhateverIsKnownOfIt(String written, boolean same) {
    assertEquals(same, EventParty.of(written).is(new Workload("prod", "shop", "cart")));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.5, true",
    "10.0.0.0/24, true",
    "default//10.0.0.5, true",
    "10.0.0.50, false",
    "10.0.1.0/24, false",
    "10, false",
    "::ffff:0, false"
  })
  void anAddressIsWhoIsCalledByIt(String written, boolean same) {
    assertEquals(same, EventParty.of(written).is(new Workload("default", "", "10.0.0.5")));
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.9, 203.0.113.9, true",
    "203.0.113.9, 203.0.113.0/24, true", // alerts call what is outside by its network
    "203.0.113.0/24, 203.0.113.9, true",
    "203.0.113.9, 203.0.114.0/24, false",
    "2001:db8::1, 2001:db8:0::/48, true",
    "2001:db8::1, 203.0.113.9, false",
    "203.0.113.9, 203.0.113.9:443, true",
    "exfil.example.com, example.com, true", // alerts give the registrable domain
    "example.com, a.example.com, true",
    "example.com., EXAMPLE.com, true",
    "example.com, badexample.com, false",
    "example.com, com, false",
    "shop/cart, prod/shop/cart, true",
    "cart, prod/shop/cart, true",
    "10.0.0.5, default//10.0.0.5, true",
    "shop/cart, prod/data/cart, false"
  })
  void aSubjectMayBeAnAddressANetworkADomainOrAWorkload(
      String written, String subject, boolean same) {
    assertEquals(same, EventParty.of(written).in(subject));
  }

  @Test
  void theSourceOfFlowRecordsIsNamedWithoutItsCluster() {
    EventParty source = EventParty.of("reserved/source");

    assertTrue(source.is(Workload.ofKey("default/reserved/source")));
    assertTrue(source.is(Workload.ofKey("harbour/reserved/source")));
    assertFalse(source.is(Workload.ofKey("harbour/shop/source")));
  }

  @Test
  void aBlankNameIsNobody() {
    assertThrows(IllegalArgumentException.class, () -> EventParty.of("  "));
  }
}
