package io.tidemark.config;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.util.List;
import java.util.regex.Pattern;

/** Address ranges in CIDR notation: {@code 10.0.0.0/8}, {@code fc00::/7}. */
final class Cidrs {
  /** Kept stricter than the library, which also takes wildcards, octal and empty text. */
  private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}");

  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]{2,45}/\\d{1,3}");

  private Cidrs() {}

  static void check(String key, List<String> ranges) {
    for (String range : ranges) {
      IPAddress address = null;
      if (V4.matcher(range).matches() || (range.contains(":") && V6.matcher(range).matches())) {
        address = new IPAddressString(range).getAddress();
      }
      Require.that(address != null, key, "must be ranges such as 10.0.0.0/8 or fc00::/7", range);
      String whole = address.toPrefixBlock().getLower().toCanonicalString();
      Require.that(
          address.isPrefixBlock(),
          key,
          "must have no bits set beyond the prefix, as " + whole,
          range);
    }
  }
}
