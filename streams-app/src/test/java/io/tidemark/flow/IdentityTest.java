package io.tidemark.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class IdentityTest {

  private final Identity identity = new Identity(IdentitySettings.defaults());

  @Test
  void aWorkloadIsTheSameFromEitherEnd() {
    Party own = of(endpoint("shop", "web-7d9f8c6b5-x7k2p", "web", "Deployment", null));
    Party far = of(endpoint("shop", "web-7d9f8c6b5-x7k2p", null, null, null));

    assertEquals(own.workload(), far.workload());
    assertEquals(new Workload("default", "shop", "web"), own.workload());
    assertEquals("Deployment", own.kind());
    assertEquals(Party.SUGGESTED + "Deployment", far.kind());
  }

  @Test
  void withoutAPodTheWorkloadsNameDecidesThenTheLabel() {
    Endpoint labelled =
        new Endpoint("10.0.0.1", null, "shop", null, null, null, "web", null, List.of());

    assertEquals("web", of(labelled).workload().name());
    assertEquals("db", of(endpoint("shop", null, "db", "StatefulSet", null)).workload().name());
  }

  @Test
  void aMachineIsOneOnItsOwnNodeAndOnEveryOther() {
    Party host = of(endpoint(null, null, null, null, "host"));
    Party remote = of(endpoint(null, null, null, null, "remote-node"));

    assertEquals(new Workload("default", Workload.RESERVED, "host"), host.workload());
    assertEquals(host.workload(), remote.workload());
    assertEquals(
        "kube-apiserver", of(endpoint(null, null, null, null, "kube-apiserver")).workload().name());
  }

  @Test
  void anAddressIsASubjectInsideTheFleetAndAPeerOutside() {
    Party inside = of(Endpoint.ofAddress("10.1.2.3"));
    Party outside = of(Endpoint.ofAddress("8.8.8.8"));

    assertTrue(inside.internal() && inside.unresolved());
    assertFalse(outside.internal());
    assertEquals(Peer.ofAddress("8.8.8.8"), outside.peer());
    // Outside the cluster, but inside the fleet's ranges: a machine beside it.
    assertTrue(of(endpoint(null, null, null, null, "world")).internal());
    assertNull(of(Endpoint.ofAddress(null)));
  }

  @Test
  void aHostIsOfTheClusterItTalksTo() {
    Endpoint pod =
        new Endpoint(
            "10.0.0.2",
            "harbour",
            "shop",
            "web-7d9f8c6b5-x7k2p",
            null,
            null,
            null,
            null,
            List.of());

    Party host = identity.of(endpoint(null, null, null, null, "host"), pod);

    assertEquals(new Workload("harbour", Workload.RESERVED, "host"), host.workload());
  }

  @Test
  void aNameThatWasCutToFitIsToldByItsLabel() {
    String cut = "a-very-long-deployment-name-that-fills-what-there-is-7d9f8xk2p4";
    Endpoint endpoint =
        new Endpoint("10.0.0.1", null, "shop", cut, null, null, "long-app", null, List.of());

    assertEquals(63, cut.length());
    assertEquals("long-app", of(endpoint).workload().name());
  }

  @Test
  void theNarrowestRangeWins() {
    Ranges<String> ranges = new Ranges<>();
    ranges.add("169.254.0.0/16", "r", "wide");
    ranges.add("169.254.169.254/32", "r", "narrow");
    ranges.add("fd00:ec2::254/128", "r", "six");

    assertEquals(Optional.of("narrow"), ranges.find("169.254.169.254"));
    assertEquals(Optional.of("wide"), ranges.find("169.254.1.1"));
    assertEquals(Optional.of("six"), ranges.find("fd00:ec2::254"));
    assertEquals(Optional.empty(), ranges.find("1.1.1.1"));
    assertEquals(Optional.empty(), ranges.find("no address"));
    for (String wrong : List.of("10.0.0.0", "10.0.0.0/33", "here", "")) {
      String message =
          assertThrows(
                  IllegalArgumentException.class, () -> ranges.add(wrong, "internal-cidrs", "x"))
              .getMessage();
      assertTrue(message.startsWith("internal-cidrs") && message.contains(wrong), message);
    }
  }

  private Party of(Endpoint endpoint) {
    return identity.of(endpoint, Endpoint.ofAddress("192.0.2.1"));
  }

  private static Endpoint endpoint(
      String namespace, String pod, String workload, String kind, String reserved) {
    return new Endpoint(
        "10.0.0.1", null, namespace, pod, workload, kind, null, reserved, List.of());
  }
}
