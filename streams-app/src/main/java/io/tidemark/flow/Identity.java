package io.tidemark.flow;

import java.util.LinkedHashMap;
import java.util.Map;
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

  private record PodKey(
      String cluster, String namespace, String pod, String kind, String address) {}

  private final String cluster;
  private final Ranges<Boolean> internal;
  private final Ranges<String> named;
  private final Map<PodKey, Party> pods = remembering();
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
    if (endpoint.reserved() != null) {
      return reserved(endpoint, home);
    }
    if (endpoint.namespace() != null) {
      if (endpoint.pod() != null) {
        if (endpoint.pod().length() >= LONGEST_POD && endpoint.app() != null) {
          // The name was cut to fit, its hash with it; both ends carry the label.
          return Party.of(
              new Workload(home, endpoint.namespace(), endpoint.app()),
              endpoint.workloadKind(),
              endpoint.address());
        }
        PodKey key =
            new PodKey(
                home,
                endpoint.namespace(),
                endpoint.pod(),
                endpoint.workloadKind(),
                endpoint.address());
        return pods.computeIfAbsent(key, Identity::ofPod);
      }
      String name = endpoint.workload() != null ? endpoint.workload() : endpoint.app();
      if (name != null) {
        return Party.of(
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

  private static Party reserved(String home, String name, String address) {
    return Party.of(new Workload(home, Workload.RESERVED, name), Workload.KIND_RESERVED, address);
  }

  private static Party ofPod(PodKey key) {
    PodName name = PodName.of(key.pod());
    String kind = key.kind();
    if (kind == null && name.kind() != null) {
      kind = Party.SUGGESTED + name.kind();
    }
    return Party.of(
        new Workload(key.cluster(), key.namespace(), name.controller()), kind, key.address());
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
