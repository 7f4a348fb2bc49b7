package io.tidemark.window;

import io.tidemark.flow.Party;
import io.tidemark.flow.Workload;

/**
 * Key of what is folded so far for one subject in one open window.
 *
 * @param start start of the window, milliseconds since the epoch
 * @param subject a workload's key, or {@code @} and an address whose owner is not looked up yet
 */
public record OpenKey(long start, String subject) {

  private static final char ADDRESS = '@';

  /** What the facts of a party are folded under. */
  static String subject(Party party) {
    return party.unresolved() ? ADDRESS + party.address() : party.workload().key();
  }

  boolean unresolved() {
    return subject.charAt(0) == ADDRESS;
  }

  /** Whose key the subject is, {@code null} for an address. */
  Workload workload() {
    return unresolved() ? null : Workload.ofKey(subject);
  }

  String address() {
    return subject.substring(1);
  }

  @Override
  public boolean equals(Object other) {
    return other == this
        || (other instanceof OpenKey key && start == key.start && subject.equals(key.subject));
  }

  // Starts of windows differ in few bits, and have none among the lowest.
  @Override
  public int hashCode() {
    return subject.hashCode() * 31 + Long.hashCode(start / 1000) * 0x9E3779B9;
  }
}
