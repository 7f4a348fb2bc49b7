package io.tidemark.fleet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fleet at a moment: who is alive, and how parties and names are found. */
final class Scene {
  private final Fleet fleet;
  private final Population population;
  private final Outside apiServer = Outside.apiServer("10.0.0.10");
  private final Outside resolver = Outside.world("10.0.0.2", null);
  private final List<Outside> hosts;
  private final Map<Domain, List<Outside>> domains = new HashMap<>();
  private final Map<Address, Outside> strangers = new HashMap<>();

  private final Life life;
  private final Web web;

  Scene(Fleet fleet, Population population, Life life, List<Effect> effects) {
    this.life = life;
    this.web = new Web(effects);
    this.fleet = fleet;
    this.population = population;
    this.hosts = fleet.nodes().stream().map(Outside::host).toList();
  }

  Fleet fleet() {
    return fleet;
  }

  Population population() {
    return population;
  }

  Life life() {
    return life;
  }

  /** How HTTP servers answer whose node reads along. */
  Web web() {
    return web;
  }

  Outside host(Node node) {
    return hosts.get(node.index());
  }

  /** Somebody who speaks for a party, {@code null} while it has nobody. */
  Side pick(Party party, Dice dice) {
    if (party instanceof Workload workload) {
      return population.any(workload, dice);
    }
    if (party instanceof Domain domain) {
      List<Outside> addresses = domains.computeIfAbsent(domain, Scene::resolve);
      return addresses.get(dice.below(addresses.size()));
    }
    if (party instanceof Address address) {
      return strangers.computeIfAbsent(address, a -> Outside.world(a.address(), null));
    }
    return switch ((Realm) party) {
      case WORLD -> Outside.world(Names.publicAddress(dice), null);
      case APISERVER -> apiServer;
      case NODES -> hosts.get(dice.below(hosts.size()));
      case RESOLVER -> resolver;
    };
  }

  private static List<Outside> resolve(Domain domain) {
    return domain.addresses().stream().map(a -> Outside.world(a, domain.name())).toList();
  }

  /**
   * Nanoseconds from a moment to the next of events that come {@code perMinute} on average at
   * intensity 1 and level 1: at random moments, but evenly where machines keep the pace.
   */
  long wait(long now, double perMinute, Curve curve, Dice dice) {
    double rate = perMinute * fleet.spec().intensity() * life.level(curve, now / 1_000_000);
    double mean = 60e9 / rate;
    double wait = curve == Curve.STEADY ? mean * (0.5 + dice.unit()) : dice.exponential(mean);
    return 1 + (long) wait;
  }
}
