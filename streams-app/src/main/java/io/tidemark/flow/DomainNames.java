package io.tidemark.flow;

import crawlercommons.domains.EffectiveTldFinder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Registrable domains, by the public suffix list's ICANN part. Names of the cluster, search-path
 * expansions and reverse zones have none: {@code ndots:5} makes four of them for every outside
 * name, and all are noise.
 *
 * <p>Below a suffix that is on no list ({@code lan}, {@code test}, a company's own) the last two
 * labels stand for the domain. Some tunnels need no domain at all, because they talk straight to
 * their server: of what they ask the last labels are data too, different in every query. All that
 * belongs to the top-level label then, or, if that is data itself, to the {@linkplain #ROOT root}.
 */
public final class DomainNames {

  /** Stands for the domain of names that lie below none. */
  public static final String ROOT = ".";

  private static final int REMEMBERED = 16_384;

  /** No public suffix has as many labels, so the list need not see more. */
  private static final int LABELS_LOOKED_AT = 6;

  // Longer than what people and their machines call a zone; generated domains seldom are.
  private static final int DATA_LABEL = 24;
  private static final int DATA_BEFORE = 16;

  /** What routers and administrators put behind the names of machines. */
  private static final Set<String> HOME_SUFFIXES =
      Set.of(
          "corp",
          "domain",
          "gateway",
          "home",
          "intranet",
          "lan",
          "localdomain",
          "mshome",
          "private",
          "router",
          "station",
          "workgroup");

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
    innerSuffixes.add("localhost");
    innerSuffixes.add("internal");
  }

  /**
   * The domain that somebody registered, {@code example.co.uk} of {@code www.example.co.uk}; empty
   * for names that lie inside, have one label, are public suffixes themselves, or addresses.
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
    List<String> labels = lastLabels(name);
    if (labels.size() < 2) {
      return Optional.empty();
    }
    String tail = String.join(".", labels);
    EffectiveTldFinder.EffectiveTLD suffix = EffectiveTldFinder.getEffectiveTLD(tail, true);
    if (suffix == null) {
      return unlisted(labels);
    }
    String domain = EffectiveTldFinder.getAssignedDomain(tail, false, true);
    // The finder gives a public suffix of two labels (co.uk) for its own domain.
    return domain == null || domain.isEmpty() || domain.equals(suffix.getDomain())
        ? Optional.empty()
        : Optional.of(domain);
  }

  /** The last labels, empty ones left out: a tunnel may write two dots. */
  private static List<String> lastLabels(String name) {
    ArrayDeque<String> labels = new ArrayDeque<>();
    int end = name.length();
    while (end >= 0 && labels.size() < LABELS_LOOKED_AT) {
      int dot = name.lastIndexOf('.', end - 1);
      if (dot + 1 < end) {
        labels.addFirst(name.substring(dot + 1, end));
      }
      end = dot;
    }
    return List.copyOf(labels);
  }

  /** The domain of a name whose top-level label is not on the list. */
  private static Optional<String> unlisted(List<String> labels) {
    String top = labels.get(labels.size() - 1);
    String second = labels.get(labels.size() - 2);
    if (isNumber(top)) {
      // An address asked for as if it were a name.
      return Optional.empty();
    }
    // Below local, names of two labels and of services are multicast DNS.
    boolean multicast = top.equals("local") && (labels.size() == 2 || second.startsWith("_"));
    if (multicast) {
      return Optional.empty();
    }
    if (labels.size() == 2 && HOME_SUFFIXES.contains(top)) {
      // A machine at home or in an office; what does not exist there says nothing of domains.
      return Optional.of(top);
    }
    boolean digits = top.chars().anyMatch(c -> c >= '0' && c <= '9') && !top.startsWith("xn--");
    if (isData(top) || (digits && Math.max(second.length(), top.length()) >= DATA_BEFORE)) {
      return Optional.of(ROOT);
    }
    if (isData(second)) {
      return Optional.of(top);
    }
    return Optional.of(second + "." + top);
  }

  private static boolean isNumber(String label) {
    return label.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Whether a label is no name of a zone: too long, or in characters that no host name has. */
  private static boolean isData(String label) {
    return label.length() >= DATA_LABEL
        || label.endsWith("-")
        || !label.chars().allMatch(DomainNames::isInHostNames);
  }

  private static boolean isInHostNames(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  }
}
