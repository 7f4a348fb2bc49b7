package io.tidemark.flow;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;

/**
 * Canonical text of IP addresses: dotted decimal for IPv4 and IPv4-mapped IPv6, RFC 5952 for other
 * IPv6. Strict: no prefix lengths, wildcards, zones, short forms or leading zeros in IPv4.
 */
public final class IpText {

  /** Longest text of an IPv6 address, with an embedded IPv4 address. */
  private static final int MAX_LENGTH = 45;

  private static final IPAddressStringParameters STRICT_IPV6 =
      new IPAddressStringParameters.Builder()
          .allowEmpty(false)
          .allowAll(false)
          .allowSingleSegment(false)
          .allowPrefix(false)
          .allowMask(false)
          .allowWildcardedSeparator(false)
          .setRangeOptions(RangeParameters.NO_RANGE)
          .allowIPv4(false)
          .getIPv6AddressParametersBuilder()
          .allowZone(false)
          .allowBase85(false)
          .allowBinary(false)
          .getParentBuilder()
          .toParams();

  private IpText() {}

  /** The canonical form, {@code null} when {@code text} is not an IP address. */
  public static String canonical(String text) {
    if (text.length() > MAX_LENGTH) {
      return null;
    }
    if (isIpv4(text)) {
      return text;
    }
    return looksLikeIpv6(text) ? canonicalIpv6(text) : null;
  }

  /**
   * Rules out what the library is lenient about: surrounding space, groups of five digits, and
   * embedded IPv4 addresses in the manner of inet_aton.
   */
  private static boolean looksLikeIpv6(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return false;
    }
    boolean dotted = text.indexOf('.', colon) >= 0;
    int hexEnd = dotted ? colon + 1 : text.length();
    int digits = 0;
    for (int i = 0; i < hexEnd; i++) {
      char c = text.charAt(i);
      boolean hex = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
      digits = c == ':' ? 0 : digits + 1;
      if (digits > 4 || !(hex || c == ':')) {
        return false;
      }
    }
    return !dotted || isIpv4(text.substring(hexEnd));
  }

  private static String canonicalIpv6(String text) {
    try {
      IPAddress address = new IPAddressString(text, STRICT_IPV6).toAddress();
      if (address == null || address.isMultiple() || !address.isIPv6()) {
        return null;
      }
      return address.toIPv6().isIPv4Mapped()
          ? address.toIPv6().getEmbeddedIPv4Address().toCanonicalString()
          : address.toCanonicalString();
    } catch (AddressStringException e) {
      return null;
    }
  }

  private static boolean isIpv4(String text) {
    int octets = 0;
    int digits = 0;
    int octet = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        if (digits == 0 || ++octets > 3) {
          return false;
        }
        digits = 0;
        octet = 0;
      } else if (c >= '0' && c <= '9' && !(digits > 0 && octet == 0)) {
        octet = octet * 10 + (c - '0');
        if (++digits > 3 || octet > 255) {
          return false;
        }
      } else {
        return false;
      }
    }
    return octets == 3 && digits > 0;
  }
}
