package io.tidemark.flow;

import io.tidemark.setting.Setting;
import java.util.List;
import java.util.Map;

/** Who is who: what belongs to the fleet, and what names it goes by. */
public record IdentitySettings(
    @Setting("Cluster name for records that do not carry one.") String cluster,
    @Setting(
            "Address ranges of the fleet (CIDR). An address inside that nobody claims is a subject"
                + " of its own; one outside is only ever a peer.")
        List<String> internalCidrs,
    @Setting("Names for ranges outside the fleet (name to list of CIDR), used as peers.")
        Map<String, List<String>> namedRanges,
    @Setting("DNS domain of the cluster; names below it are no outside names.")
        String clusterDomain,
    @Setting(
            "Further suffixes that resolvers append to names (the search path); names below them"
                + " are no outside names.")
        List<String> searchDomains) {

  public IdentitySettings {
    if (cluster.isEmpty() || cluster.indexOf('/') >= 0) {
      throw new IllegalArgumentException("cluster must be a name without '/': '" + cluster + "'");
    }
    internalCidrs = List.copyOf(internalCidrs);
    searchDomains = List.copyOf(searchDomains);
    namedRanges = Map.copyOf(namedRanges);
    new Ranges<>(internalCidrs, "internal-cidrs", Boolean.TRUE);
    namedRanges.forEach((name, cidrs) -> new Ranges<>(cidrs, "named-ranges." + name, name));
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
}
