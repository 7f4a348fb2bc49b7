package io.tidemark.flow;

import java.util.List;
import java.util.Locale;

/**
 * A DNS query or its response, as seen by an L7 proxy or a name server.
 *
 * @param query name asked for: lower case, without trailing dot, at most 253 characters
 * @param type query type such as {@code A}, {@code TXT}; empty when the record does not say
 * @param response whether this is a response
 * @param rcode response code (0 NOERROR, 3 NXDOMAIN); 0 for queries
 * @param addresses addresses in the answer, canonical form, at most 16
 */
public record DnsMessage(
    String query, String type, boolean response, int rcode, List<String> addresses) {

  public static final int NXDOMAIN = 3;

  private static final int PRIVATE_USE = 65_280;

  /**
   * Whether the query's type lets a tunnel carry much down and is hardly asked for otherwise: TXT,
   * NULL, KEY and types for private use always; CNAME and MX, because stub resolvers ask for
   * addresses and mail servers for one MX per domain; SRV where the name is no service's ({@code
   * _ldap._tcp...}).
   */
  public boolean carriesText() {
    return switch (type) {
      case "TXT", "NULL", "KEY", "CNAME", "MX", "TYPE10", "TYPE25" -> true;
      case "SRV" -> !query.startsWith("_");
      default -> isPrivateUse();
    };
  }

  private boolean isPrivateUse() {
    String digits = type.startsWith("TYPE") ? type.substring(4) : "";
    if (digits.length() != 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return false;
    }
    return Integer.parseInt(digits) >= PRIVATE_USE;
  }

  /** A name in the one form that is compared: lower case, see {@link DnsNameText}. */
  static String name(String text) {
    return DnsNameText.plain(text).toLowerCase(Locale.ROOT);
  }
}
