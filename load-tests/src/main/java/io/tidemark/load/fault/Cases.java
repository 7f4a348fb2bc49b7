package io.tidemark.load.fault;

import java.util.List;

/** All cases, in the order in which they are run. */
final class Cases {

  private Cases() {}

  static List<Case> all() {
    return List.of(
        of("calm", "without a fault, on three brokers", false, CrashCases::calm),
        of("kill", "killed at random moments, again and again", true, CrashCases::kill),
        of("drain", "SIGTERM under load", false, CrashCases::drain),
        of("zombie", "stands still for longer than the group waits", false, CrashCases::zombie),
        of("scale", "one instance, three, one", false, CrashCases::scale),
        of("upgrade", "one build after the other, and back", false, CrashCases::upgrade));
  }

  private static Case of(String name, String claim, boolean quick, Case.Body body) {
    return new Case(name, claim, quick, true, body);
  }
}
