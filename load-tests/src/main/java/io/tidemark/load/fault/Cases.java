package io.tidemark.load.fault;

import java.util.List;

/** All cases, in the order in which they are run. */
final class Cases {

  private Cases() {}

  static List<Case> all() {
    return List.of(
        of("calm", "without a fault, on three brokers", false, CrashCases::calm),
        of("kill", "killed at random moments, again and again", true, CrashCases::kill),
        of("kill-phases", "killed in the middle of what matters", true, PhaseCase::run),
        of("drain", "SIGTERM under load", false, CrashCases::drain),
        of("zombie", "stands still for longer than the group waits", false, CrashCases::zombie),
        of("scale", "one instance, three, one", false, CrashCases::scale),
        of("upgrade", "one build after the other, and back", false, UpgradeCase::run),
        of("broker-bounce", "every broker restarted in turn", false, BrokerCases::bounce),
        of("broker-kill", "brokers killed hard", true, BrokerCases::kill),
        of("quorum", "two brokers of three away, then all", false, BrokerCases::quorum),
        new Case("absent", "started where no Kafka is", false, false, BrokerCases::absent),
        of("link-cut", "cut off from all brokers", false, LinkCases::cut),
        of("link-cut-one", "cut off from one broker", false, LinkCases::cutOne),
        of("half-open", "connections that only one side knows", false, LinkCases::halfOpen),
        of("slow-link", "a megabit a second to each broker", false, LinkCases::slow),
        of("registry", "the schema registry is away", false, BrokerCases::registry),
        of("poison", "one record in a hundred is none", true, InputCases::poison),
        of("disorder", "late, shuffled, twice, from the future", true, InputCases::disorder),
        of("burst", "ten times as much as before", false, InputCases::burst),
        of("flood", "ten thousand strangers, and one that matters", false, FloodCase::run),
        new Case("creep", "who is in no hurry", false, false, CreepCase::run),
        of("replay", "the past is replayed beside", false, ReplayCase::run),
        of("slow-consumer", "alerts are read slowly", false, InputCases::slowConsumer),
        of("state-deleted", "the state directory is gone", false, StateCases::deleted),
        of("state-corrupted", "the state directory is damaged", false, StateCases::corrupted),
        of("disk-full", "no space where state is kept", false, StateCases::diskFull),
        of("rights", "the rights that it needs, and one too few", false, RightsCase::run),
        of("clock", "an instance's clock is an hour off", false, ProcessCases::clock),
        of("out-of-memory", "a heap that is too small", false, ProcessCases::memory),
        new Case("fuzz", "damaged lines for every parser", true, false, Fuzz::run));
  }

  private static Case of(String name, String claim, boolean quick, Case.Body body) {
    return new Case(name, claim, quick, true, body);
  }
}
