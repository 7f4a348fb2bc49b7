package io.tidemark.flow;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Tells who an endpoint is from what its record carries. A workload comes out the same from either
 * end of a connection: both ends carry namespace and pod name, so these decide; {@code workloads},
 * which only the pod's own node reports, adds the kind.
 */
public final class Identity {

  private static final int REMEMBERED = 16_384;

  /** Kubernetes cuts the generated part's stem so that a pod's name has at most this many. */
  private static final int LONGEST_POD = 63;

  /** Who an endpoint was found to be, given the cluster that it is taken to be in. */
  private record Known(Endpoint endpoint, String home, Party party) {

    @SuppressWarnings("ReferenceEquality") // parsers give the same instance for what they know
    boolean is(Endpoint other, String otherHome) {
      return (endpoint == other || endpoint.equals(other)) && home.equals(otherHome);
    }
  }

  private final String cluster;
  private final Ranges<Boolean> internal;
  private final Ranges<String> named;
  // Direct-mapped: a newcomer takes the place of whatever was there.
  private final Known[] known = new Known[REMEMBERED];
  private final Map<Workload, Peer> peers = remembering();
  private final Map<String, Boolean> internalAddresses = remembering();
  private final Map<String, Optional<String>> rangeOf = remembering();

  public Identity(IdentitySettings settings) {
    this.cluster = settings.cluster();
    this.internal = Ranges.of(settings.internalCidrs(), "internal-cidrs", Boolean.TRUE);
    this.named = settings.ranges();
  }

  /**
   * Who this is; {@code null} if the endpoint has neither a name nor an address.
   *
   * @param other the other side, whose cluster is taken where this one's is not told: hosts and API
   *     servers carry none
   */
  public Party of(Endpoint endpoint, Endpoint other) {
    String home = endpoint.cluster() == null ? other.cluster() : endpoint.cluster();
    home = home == null ? cluster : home;
    int slot = slot(endpoint);
    Known last = known[slot];
    if (last != null && last.is(endpoint, home)) {
      return last.party();
    }
    Party party = find(endpoint, home);
    known[slot] = new Known(endpoint, home, party);
    return party;
  }

  /** Pods have an address each, and of its own a node tells more than others do. */
  private static int slot(Endpoint endpoint) {
    int hash = Objects.hashCode(endpoint.address()) * 31 + Objects.hashCode(endpoint.pod());
    hash = hash * 31 + Objects.hashCode(endpoint.workload());
    hash *= 0x9E3779B9;
    return (hash >>> 16) & (REMEMBERED - 1);
  }

  private Party find(Endpoint endpoint, String home) {
    if (endpoint.reserved() != null) {
      return reserved(endpoint, home);
    }
    if (endpoint.namespace() != null) {
      if (endpoint.pod() != null) {
        return ofPod(endpoint, home);
      }
      String name = endpoint.workload() != null ? endpoint.workload() : endpoint.app();
      if (name != null) {
        return party(
            new Workload(home, endpoint.namespace(), name),
            endpoint.workloadKind(),
            endpoint.address());
      }
    }
    return endpoint.address() == null ? null : ofAddress(endpoint.address());
  }

  /** Whether an address lies inside the fleet. */
  public boolean internal(String address) {
    return internalAddresses.computeIfAbsent(address, a -> internal.find(a).isPresent());
  }

  /** The named range that an address lies in, {@code null} if in none. */
  public String range(String address) {
    return rangeOf.computeIfAbsent(address, named::find).orElse(null);
  }

  private Party ofAddress(String address) {
    return Party.ofAddress(address, internal(address));
  }

  private Party reserved(Endpoint endpoint, String home) {
    return switch (endpoint.reserved()) {
      // The same machine is "host" on its own node and "remote-node" on every other.
      case "host", "remote-node" -> reserved(home, "host", endpoint.address());
      case "world", "unmanaged", "init" ->
          endpoint.address() == null ? null : ofAddress(endpoint.address());
      default -> reserved(home, endpoint.reserved(), endpoint.address());
    };
  }

  private Party reserved(String home, String name, String address) {
    return party(new Workload(home, Workload.RESERVED, name), Workload.KIND_RESERVED, address);
  }

  private Party ofPod(Endpoint endpoint, String home) {
    String pod = endpoint.pod();
    if (pod.length() >= LONGEST_POD && endpoint.app() != null) {
      // The name was cut to fit, its hash with it; both ends carry the label.
      return party(
          new Workload(home, endpoint.namespace(), endpoint.app()),
          endpoint.workloadKind(),
          endpoint.address());
    }
    PodName name = PodName.of(pod);
    String kind = endpoint.workloadKind();
    if (kind == null && name.kind() != null) {
      kind = Party.SUGGESTED + name.kind();
    }
    return party(
        new Workload(home, endpoint.namespace(), name.controller()), kind, endpoint.address());
  }

  /** All pods of a workload share the key by which others know it. */
  private Party party(Workload workload, String kind, String address) {
    return Party.of(workload, kind, address, peers.computeIfAbsent(workload, Peer::of));
  }

  private static <K, V> Map<K, V> remembering() {
    return new LinkedHashMap<>(256, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > REMEMBERED;
      }
    };
  }
}
