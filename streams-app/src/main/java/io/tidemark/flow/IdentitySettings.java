package io.tidemark.flow;

import io.tidemark.setting.Setting;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who is who: what belongs to the fleet, and what names it goes by. */
public record IdentitySettings(
    @Setting("Name of the cluster where records do not name one; 1 to 100 characters without '/'.")
        String cluster,
    @Setting(
            "Ranges inside the fleet: an address in one of them that no workload claims is a subject"
                + " of its own, one outside is only ever a peer.")
        List<String> internalCidrs,
    @Setting(
            "Names for ranges outside the fleet; a peer in one of them is known by the name. The"
                + " smallest range wins; an empty list removes a name.")
        Map<String, List<String>> namedRanges,
    @Setting("DNS domain of the cluster; names below it are none of the outside world.")
        String clusterDomain,
    @Setting("Suffixes that the nodes' resolver appends to names; names below them are likewise.")
        List<String> searchDomains) {

  private static final int LONGEST_NAME = 100;
  private static final int MOST_RANGES = 10_000;

  public IdentitySettings {
    requireName("cluster", cluster);
    if (cluster.length() > LONGEST_NAME || cluster.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          "cluster must be 1 to " + LONGEST_NAME + " characters without '/': " + cluster);
    }
    requireName("cluster-domain", clusterDomain);
    internalCidrs = List.copyOf(internalCidrs);
    searchDomains = List.copyOf(searchDomains);
    searchDomains.forEach(domain -> requireName("search-domains", domain));
    Map<String, List<String>> ranges = new TreeMap<>();
    namedRanges.forEach(
        (name, cidrs) -> {
          requireName("named-ranges", name);
          ranges.put(name, List.copyOf(cidrs));
        });
    namedRanges = Collections.unmodifiableMap(ranges);
    int count = internalCidrs.size();
    Ranges.of(internalCidrs, "internal-cidrs", Boolean.TRUE);
    for (Map.Entry<String, List<String>> range : namedRanges.entrySet()) {
      Ranges.of(range.getValue(), "named-ranges." + range.getKey(), range.getKey());
      count += range.getValue().size();
    }
    if (count > MOST_RANGES) {
      throw new IllegalArgumentException(
          "named-ranges must be at most " + MOST_RANGES + ": " + count);
    }
  }

  public static IdentitySettings defaults() {
    return new IdentitySettings(
        "default",
        List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"),
        Map.of(
            "instance-metadata", List.of("169.254.169.254/32", "fd00:ec2::254/128"),
            "link-local", List.of("169.254.0.0/16", "fe80::/10"),
            "loopback", List.of("127.0.0.0/8", "::1/128"),
            "multicast", List.of("224.0.0.0/4", "ff00::/8")),
        "cluster.local",
        List.of("compute.internal", "ec2.internal"));
  }

  /** The ranges outside the fleet, by name. */
  public Ranges<String> ranges() {
    Ranges<String> ranges = new Ranges<>();
    namedRanges.forEach(
        (name, cidrs) -> cidrs.forEach(cidr -> ranges.add(cidr, "named-ranges." + name, name)));
    return ranges;
  }

  private static void requireName(String key, String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException(key + " must not be empty: \"" + name + "\"");
    }
  }
}
