package io.tidemark.evaluate;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import io.tidemark.flow.PodName;
import io.tidemark.flow.Workload;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One who took part in an event, as people write it: an address, a range of addresses, a domain, or
 * a workload by its name, its namespace and name, or its whole key. Whoever writes a list of events
 * seldom knows how Tidemark calls somebody, so names are compared without regard to case, to the
 * controller's kind, and to the suffixes of a pod's name.
 */
public final class EventParty {

  private static final Pattern WITH_PORT = Pattern.compile("[^:]+:\\d{1,5}");

  private final String text;
  private final IPAddress block;
  private final String[] parts;

  private EventParty(String text, IPAddress block) {
    this.text = text;
    this.block = block;
    this.parts = text.toLowerCase(Locale.ROOT).split("/", 4);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is blank
   */
  public static EventParty of(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      throw new IllegalArgumentException("must not be empty");
    }
    return new EventParty(withoutDot(stripped), block(stripped));
  }

  public static EventParty of(Workload workload) {
    return of(workload.key());
  }

  /** Whether it is an address or a range of addresses. */
  public boolean isAddress() {
    return block != null;
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }

  /** Whether this party is the workload. */
  boolean is(Workload workload) {
    return covers(workload.name()) || named(workload);
  }

  /** Whether what an alert is about, or a part of it, names this party. */
  boolean in(String subject) {
    if (isNamedBy(subject)) {
      return true;
    }
    for (String token : subject.split("[\\s,]+", -1)) {
      String bare =
          WITH_PORT.matcher(token).matches() ? token.substring(0, token.indexOf(':')) : token;
      if (isNamedBy(bare)) {
        return true;
      }
    }
    return false;
  }

  private boolean isNamedBy(String subject) {
    if (covers(subject) || isDomain(subject)) {
      return true;
    }
    return subject.chars().filter(c -> c == '/').count() >= 2 && is(Workload.ofKey(subject));
  }

  /** An address in this range, or a network around it: alerts call what is near by its network. */
  private boolean covers(String other) {
    IPAddress theirs = block == null ? null : block(other);
    return theirs != null
        && theirs.getIPVersion() == block.getIPVersion()
        && (block.contains(theirs) || theirs.contains(block));
  }

  /** The same domain, or one below the other; alerts give the registrable domain. */
  private boolean isDomain(String subject) {
    String theirs = withoutDot(subject).toLowerCase(Locale.ROOT);
    if (block != null || parts.length > 1 || theirs.isEmpty()) {
      return false;
    }
    String mine = parts[0];
    return mine.equals(theirs)
        || (mine.contains(".")
            && theirs.contains(".")
            && (mine.endsWith('.' + theirs) || theirs.endsWith('.' + mine)));
  }

  private boolean named(Workload workload) {
    String name = workload.name();
    String namespace = workload.namespace();
    String cluster = workload.cluster();
    return switch (parts.length) {
      case 1 -> name(parts[0], name);
      case 2 -> parts[0].equalsIgnoreCase(namespace) && name(parts[1], name);
      case 3 ->
          name(parts[2], name)
              && (parts[0].equalsIgnoreCase(namespace)
                  || (parts[0].equalsIgnoreCase(cluster) && parts[1].equalsIgnoreCase(namespace)));
      default ->
          parts[0].equalsIgnoreCase(cluster)
              && parts[1].equalsIgnoreCase(namespace)
              && (name(parts[3], name) || name(parts[2] + '/' + parts[3], name));
    };
  }

  private static boolean name(String written, String name) {
    return written.equalsIgnoreCase(name)
        || PodName.of(written).controller().equalsIgnoreCase(name);
  }

  private static String withoutDot(String text) {
    return text.length() > 1 && text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  private static IPAddress block(String text) {
    // The library also takes bare numbers, octets left out and wildcards.
    boolean plain = text.indexOf(':') >= 0 || text.chars().filter(c -> c == '.').count() == 3;
    if (!plain || text.length() > 64 || !text.matches("[0-9a-fA-F:.]+(/\\d{1,3})?")) {
      return null;
    }
    IPAddress address = new IPAddressString(text).getAddress();
    return address == null ? null : address.toPrefixBlock();
  }
}
