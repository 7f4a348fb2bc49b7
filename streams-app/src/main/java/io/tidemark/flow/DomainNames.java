package io.tidemark.flow;

import crawlercommons.domains.EffectiveTldFinder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Registrable domains, by the public suffix list's ICANN part. Names of the cluster, search-path
 * expansions and reverse zones have none: {@code ndots:5} makes four of them for every outside
 * name, and all are noise.
 */
public final class DomainNames {

  private static final int REMEMBERED = 16_384;

  private final List<String> innerSuffixes = new ArrayList<>();
  private final Map<String, Optional<String>> remembered =
      new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<String>> eldest) {
          return size() > REMEMBERED;
        }
      };

  public DomainNames(IdentitySettings settings) {
    innerSuffixes.add(settings.clusterDomain());
    innerSuffixes.addAll(settings.searchDomains());
    innerSuffixes.add("in-addr.arpa");
    innerSuffixes.add("ip6.arpa");
    innerSuffixes.add("local");
    innerSuffixes.add("localhost");
    innerSuffixes.add("internal");
  }

  /**
   * The domain that somebody registered, {@code example.co.uk} of {@code www.example.co.uk}; empty
   * for names that lie inside, have one label, or are public suffixes themselves.
   *
   * @param name lower case, without trailing dot
   */
  public Optional<String> registrable(String name) {
    return remembered.computeIfAbsent(name, this::find);
  }

  private Optional<String> find(String name) {
    if (name.indexOf('.') < 0) {
      return Optional.empty();
    }
    for (String suffix : innerSuffixes) {
      boolean below =
          name.endsWith(suffix)
              && (name.length() == suffix.length()
                  || name.charAt(name.length() - suffix.length() - 1) == '.');
      if (below) {
        return Optional.empty();
      }
    }
    String domain = EffectiveTldFinder.getAssignedDomain(name, false, true);
    if (domain == null || domain.isEmpty()) {
      return Optional.empty();
    }
    // The finder gives a public suffix of two labels (co.uk) for its own domain.
    EffectiveTldFinder.EffectiveTLD suffix = EffectiveTldFinder.getEffectiveTLD(domain, true);
    return suffix != null && domain.equals(suffix.getDomain())
        ? Optional.empty()
        : Optional.of(domain);
  }
}
