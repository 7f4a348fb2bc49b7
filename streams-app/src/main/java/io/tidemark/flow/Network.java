package io.tidemark.flow;

/**
 * The network around an address. Single addresses of the Internet change too often to mean
 * anything, so they count as their /24, or /48 in IPv6.
 */
public final class Network {

  private Network() {}

  /** The /24 or /48 around an address in text; what is no address stays as it is. */
  public static String of(String address) {
    return address.indexOf(':') >= 0 ? network6(address) : network4(address);
  }

  private static String network4(String address) {
    int dots = 0;
    for (int i = 0; i < address.length(); i++) {
      if (address.charAt(i) == '.') {
        dots++;
      }
    }
    return dots == 3 ? address.substring(0, address.lastIndexOf('.')) + ".0/24" : address;
  }

  private static String network6(String address) {
    int gap = address.indexOf("::");
    String[] head = groups(gap < 0 ? address : address.substring(0, gap));
    String[] tail = groups(gap < 0 ? "" : address.substring(gap + 2));
    StringBuilder prefix = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      int fromEnd = 8 - i;
      String group = "0";
      if (i < head.length) {
        group = head[i];
      } else if (fromEnd <= tail.length) {
        group = tail[tail.length - fromEnd];
      }
      prefix.append(group).append(':');
    }
    return prefix.append(":/48").toString();
  }

  private static String[] groups(String part) {
    return part.isEmpty() ? new String[0] : part.split(":", -1);
  }
}
