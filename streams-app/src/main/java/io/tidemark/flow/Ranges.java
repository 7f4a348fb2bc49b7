package io.tidemark.flow;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Address ranges in CIDR notation ({@code 10.0.0.0/8}, {@code fc00::/7}) with a value each; the
 * narrowest that holds an address wins.
 *
 * @param <T> the value
 */
public final class Ranges<T> {

  /** Kept stricter than the library, which also takes wildcards, octal and empty text. */
  private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}");

  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]{2,45}/\\d{1,3}");

  private record Range<T>(IPAddress block, T value) {

    int width() {
      return block.getNetworkPrefixLength();
    }
  }

  private final List<Range<T>> ranges = new ArrayList<>();

  /** Ranges that share one value; see {@link #add}. */
  static <T> Ranges<T> of(Collection<String> cidrs, String key, T value) {
    Ranges<T> ranges = new Ranges<>();
    cidrs.forEach(cidr -> ranges.add(cidr, key, value));
    return ranges;
  }

  /**
   * Adds a range.
   *
   * @param key what the message calls it
   * @throws IllegalArgumentException if it is not a range, or has bits set beyond its prefix
   */
  public void add(String cidr, String key, T value) {
    IPAddress address = null;
    if (V4.matcher(cidr).matches() || (cidr.contains(":") && V6.matcher(cidr).matches())) {
      address = new IPAddressString(cidr).getAddress();
    }
    if (address == null) {
      throw new IllegalArgumentException(
          key + " must be ranges such as 10.0.0.0/8 or fc00::/7: " + cidr);
    }
    if (!address.isPrefixBlock()) {
      String whole = address.toPrefixBlock().getLower().toCanonicalString();
      throw new IllegalArgumentException(
          key + " must have no bits set beyond the prefix, as " + whole + ": " + cidr);
    }
    ranges.add(new Range<>(address.toPrefixBlock(), value));
    ranges.sort(Comparator.comparingInt((Range<T> range) -> range.width()).reversed());
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
