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
        of("upgrade", "one build after the other, and back", false, CrashCases::upgrade),
        of("broker-bounce", "every broker restarted in turn", false, BrokerCases::bounce),
        of("broker-kill", "brokers killed hard", true, BrokerCases::kill),
        of("quorum", "two brokers of three away, then all", false, BrokerCases::quorum),
        new Case("absent", "started where no Kafka is", false, false, BrokerCases::absent),
        of("registry", "the schema registry is away", false, BrokerCases::registry),
        of("poison", "one record in a hundred is none", true, InputCases::poison),
        of("disorder", "late, shuffled, twice, from the future", true, InputCases::disorder),
        of("burst", "ten times as much as before", false, InputCases::burst),
        of("slow-consumer", "alerts are read slowly", false, InputCases::slowConsumer),
        of("state-deleted", "the state directory is gone", false, StateCases::deleted),
        of("state-corrupted", "the state directory is damaged", false, StateCases::corrupted),
        of("disk-full", "no space where state is kept", false, StateCases::diskFull),
        new Case("fuzz", "damaged lines for every parser", true, false, Fuzz::run));
  }

  private static Case of(String name, String claim, boolean quick, Case.Body body) {
    return new Case(name, claim, quick, true, body);
  }
}
