package io.tidemark.config;

import io.tidemark.setting.Setting;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who an address belongs to when no record says so. */
public record IdentitySettings(
    @Setting("Name of the cluster where records do not name one; 1 to 100 characters.")
        String cluster,
    @Setting(
            "Ranges inside the fleet: an address in one of them that no workload claims is a subject of"
                + " its own, one outside is only ever a peer.")
        List<String> internalCidrs,
    @Setting(
            "Names for ranges outside the fleet; a peer in one of them is known by the name. The smallest"
                + " range wins; an empty list removes a name.")
        Map<String, List<String>> namedRanges,
    @Setting("DNS domain of the cluster, taken off the end of names that workloads look up.")
        String clusterDomain,
    @Setting("Suffixes that the nodes' resolver appends to names, taken off likewise.")
        List<String> searchDomains) {

  private static final int MOST_RANGES = 10_000;

  public IdentitySettings {
    Require.notBlank("cluster", cluster);
    Require.that(cluster.length() <= 100, "cluster", "must be at most 100 characters", cluster);
    Require.notBlank("cluster-domain", clusterDomain);
    internalCidrs = List.copyOf(internalCidrs);
    Require.range("internal-cidrs", internalCidrs.size(), 0, MOST_RANGES);
    Cidrs.check("internal-cidrs", internalCidrs);
    searchDomains = List.copyOf(searchDomains);
    searchDomains.forEach(domain -> Require.notBlank("search-domains", domain));
    Map<String, List<String>> ranges = new LinkedHashMap<>();
    namedRanges.forEach(
        (name, cidrs) -> {
          Require.notBlank("named-ranges", name);
          Cidrs.check("named-ranges." + name, cidrs);
          ranges.put(name, List.copyOf(cidrs));
        });
    Require.range("named-ranges", ranges.size(), 0, MOST_RANGES);
    namedRanges = Collections.unmodifiableMap(ranges);
  }

  public static IdentitySettings defaults() {
    Map<String, List<String>> named = new LinkedHashMap<>();
    named.put("aws-metadata", List.of("169.254.169.254/32", "fd00:ec2::254/128"));
    named.put("link-local", List.of("169.254.0.0/16", "fe80::/10"));
    named.put("multicast", List.of("224.0.0.0/4", "ff00::/8"));
    named.put("loopback", List.of("127.0.0.0/8", "::1/128"));
    return new IdentitySettings(
        "default",
        List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"),
        named,
        "cluster.local",
        List.of("ec2.internal", "compute.internal"));
  }
}
