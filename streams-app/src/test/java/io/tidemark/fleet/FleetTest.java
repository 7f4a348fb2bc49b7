package io.tidemark.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FleetTest {
  @Test
  void theBlueprintIsOneCompanyOfFortyWorkloadsThatAllTakePart() {
    Fleet fleet = Fleet.of(FleetSpec.of(1));

    Set<Party> parties = new HashSet<>();
    fleet.calls().forEach(call -> parties.addAll(List.of(call.client(), call.server())));

    assertEquals(40, fleet.workloads().size());
    assertEquals(40, Blueprint.workloads().size());
    assertEquals(Blueprint.calls().size(), fleet.calls().size());
    assertTrue(parties.containsAll(fleet.workloads()));
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 13, 39, 41, 100, 2_000})
  void aFleetHasAsManyWorkloadsAsAskedForEachWithANameAndIdentityOfItsOwn(int workloads) {
    Fleet fleet = Fleet.of(FleetSpec.of(1).withWorkloads(workloads));

    long names = fleet.workloads().stream().map(Workload::title).distinct().count();
    long identities = fleet.workloads().stream().map(Workload::identity).distinct().count();
    long edges = fleet.calls().stream().map(Call::title).distinct().count();

    assertEquals(workloads, names);
    assertEquals(workloads, identities);
    assertEquals(fleet.calls().size(), edges);
  }

  @Test
  void tenantsCallTheirOwnAndShareThePlatform() {
    Fleet fleet = Fleet.of(FleetSpec.of(1).withWorkloads(70));
    Workload second = fleet.workload("shop-2/storefront");

    List<String> calls =
        fleet.calls().stream()
            .filter(call -> call.client().equals(second) || call.server().equals(second))
            .map(Call::title)
            .toList();

    assertTrue(calls.contains("shop-2/storefront -> shop-2/catalog:8080"), calls.toString());
    assertTrue(
        calls.contains("ingress/ingress-nginx-controller -> shop-2/storefront:8080"),
        calls.toString());
    assertFalse(calls.stream().anyMatch(call -> call.contains(" shop/")), calls.toString());
  }

  @Test
  void seedsDecideIdentitiesAndBuckets() {
    Fleet one = Fleet.of(FleetSpec.of(1));
    Fleet other = Fleet.of(FleetSpec.of(2));

    assertNotEquals(one.workloads().get(3).identity(), other.workloads().get(3).identity());
    assertNotEquals(one.calls(), other.calls());
    assertEquals(one.calls(), Fleet.of(FleetSpec.of(1)).calls());
  }

  @ParameterizedTest
  @EnumSource(Curve.class)
  void curvesSpreadARateWithoutChangingIt(Curve curve) {
    double sum = 0;
    double least = Double.MAX_VALUE;
    for (int minute = 0; minute < 7 * 24 * 60; minute++) {
      double level = curve.level(Seen.MONDAY + minute * Seen.MINUTE);
      sum += level;
      least = Math.min(least, level);
    }

    assertEquals(1, sum / (7 * 24 * 60), 0.001);
    assertTrue(least > 0, curve + " " + least);
  }

  @Test
  void customersSleepAndStaffHaveWeekends() {
    long monday = Seen.MONDAY;
    long sunday = Seen.MONDAY + 6 * Seen.DAY;

    assertTrue(
        Curve.USERS.level(monday + 20 * Seen.HOUR) > 4 * Curve.USERS.level(monday + 4 * Seen.HOUR));
    assertTrue(
        Curve.OFFICE.level(monday + 10 * Seen.HOUR)
            > 5 * Curve.OFFICE.level(sunday + 10 * Seen.HOUR));
  }

  @Test
  void aSpecThatCannotBeIsRefusedWithTheValue() {
    FleetSpec spec = FleetSpec.of(1);

    String few =
        assertThrows(IllegalArgumentException.class, () -> spec.withWorkloads(11)).getMessage();
    String much =
        assertThrows(IllegalArgumentException.class, () -> spec.withIntensity(Double.NaN))
            .getMessage();

    assertEquals("workloads must be in [12, 20000]: 11", few);
    assertEquals("intensity must be in (0, 1000]: NaN", much);
  }

  @Test
  void schedulesStartAtTheirMinute() {
    Workload.Schedule hourly = new Workload.Schedule(60, 7, 4);

    assertEquals(Seen.MONDAY + 7 * Seen.MINUTE, hourly.next(Seen.MONDAY));
    assertEquals(Seen.MONDAY + 7 * Seen.MINUTE, hourly.next(Seen.MONDAY + 7 * Seen.MINUTE));
    assertEquals(Seen.MONDAY + 67 * Seen.MINUTE, hourly.next(Seen.MONDAY + 7 * Seen.MINUTE + 1));
  }
}
