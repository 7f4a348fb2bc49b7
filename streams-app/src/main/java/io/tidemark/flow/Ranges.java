package io.tidemark.flow;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Address ranges with a value each; the longest prefix that holds an address wins.
 *
 * @param <T> the value
 */
public final class Ranges<T> {

  private record Range<T>(IPAddress block, T value) {}

  private final List<Range<T>> ranges = new ArrayList<>();

  /** No ranges yet. */
  public Ranges() {}

  /**
   * @throws IllegalArgumentException if one is not a range, naming {@code key} and the value
   */
  Ranges(Collection<String> cidrs, String key, T value) {
    cidrs.forEach(cidr -> add(cidr, key, value));
  }

  /** Adds a range. */
  public void add(String cidr, String key, T value) {
    try {
      IPAddress address = new IPAddressString(cidr).toAddress();
      if (address == null || !cidr.contains("/")) {
        throw new IllegalArgumentException(
            key + " must be ranges such as 10.0.0.0/8: '" + cidr + "'");
      }
      ranges.add(new Range<>(address.toPrefixBlock(), value));
    } catch (AddressStringException e) {
      throw new IllegalArgumentException(
          key + " must be ranges such as 10.0.0.0/8: '" + cidr + "'", e);
    }
    ranges.sort(
        Comparator.comparing((Range<T> range) -> range.block().getNetworkPrefixLength())
            .reversed());
  }

  /** The value of the narrowest range that holds this address, empty if none or not an address. */
  public Optional<T> find(String address) {
    IPAddress parsed = new IPAddressString(address).getAddress();
    if (parsed == null) {
      return Optional.empty();
    }
    for (Range<T> range : ranges) {
      if (range.block().getIPVersion() == parsed.getIPVersion() && range.block().contains(parsed)) {
        return Optional.of(range.value());
      }
    }
    return Optional.empty();
  }
}
