package io.tidemark.window;

import io.tidemark.flow.Party;

/**
 * Key of what is folded so far for one subject in one open window.
 *
 * @param start start of the window, milliseconds since the epoch
 * @param subject a workload's key, or {@code @} and an address whose owner is not looked up yet
 */
public record OpenKey(long start, String subject) {

  private static final char ADDRESS = '@';

  static OpenKey of(long start, Party party) {
    String subject = party.unresolved() ? ADDRESS + party.address() : party.workload().key();
    return new OpenKey(start, subject);
  }

  boolean unresolved() {
    return subject.charAt(0) == ADDRESS;
  }

  String address() {
    return subject.substring(1);
  }
}
