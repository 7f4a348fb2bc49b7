package io.tidemark.fleet;

/**
 * How pods resolve names: through the cluster's name servers, with {@code ndots:5}, so that every
 * name with fewer than five dots is first tried under each search domain, for A and AAAA.
 */
final class Lookups {
  private static final String[] SEARCH = {
    ".svc.cluster.local.", ".cluster.local.", ".eu-west-1.compute.internal."
  };
  private static final int NDOTS = 5;

  private final Scene scene;
  private final Workload servers;

  Lookups(Scene scene) {
    this.scene = scene;
    this.servers = scene.fleet().workload("kube-system/coredns");
  }

  /** Resolves the name of a party as a pod's libc does; returns when the answer is there. */
  long resolve(long now, Wire wire, Pod client, Party party, Side chosen) {
    if (party instanceof Domain domain) {
      String address = new String(chosen.address(), java.nio.charset.StandardCharsets.US_ASCII);
      return external(now, wire, client, domain.name(), address);
    }
    if (party instanceof Workload workload) {
      return internal(now, wire, client, workload);
    }
    return now;
  }

  private long external(long now, Wire wire, Pod client, String name, String address) {
    long time = now;
    if (name.chars().filter(c -> c == '.').count() < NDOTS) {
      String namespace = client.workload().namespace();
      time = both(time, wire, client, name + "." + namespace + SEARCH[0], null);
      for (String suffix : SEARCH) {
        time = both(time, wire, client, name + suffix, null);
      }
    }
    return both(time, wire, client, name + ".", address);
  }

  private long internal(long now, Wire wire, Pod client, Workload server) {
    String own = client.workload().namespace();
    String name = server.name();
    long time = now;
    if (!server.namespace().equals(own)) {
      name += "." + server.namespace();
      time = both(time, wire, client, name + "." + own + SEARCH[0], null);
      return both(time, wire, client, name + SEARCH[0], serviceAddress(server));
    }
    return both(time, wire, client, name + "." + own + SEARCH[0], serviceAddress(server));
  }

  private static String serviceAddress(Workload workload) {
    return "172.20." + (workload.identity() >> 8) + "." + (workload.identity() & 255);
  }

  /** Asks for A and AAAA over one socket; no address means the name does not exist. */
  private long both(long now, Wire wire, Pod client, String name, String address) {
    Pod server = scene.population().any(servers, wire.dice());
    if (server == null) {
      return now;
    }
    int port = wire.ephemeralPort();
    boolean missing = address == null;
    wire.questionArrives(now, client, server, port);
    Dns a = missing ? Dns.missing(name, "A") : Dns.found(name, "A", address);
    Dns quadA = missing ? Dns.missing(name, "AAAA") : Dns.found(name, "AAAA", "");
    wire.question(now, client, server, port, a);
    wire.question(now + 30_000, client, server, port, quadA);
    return now + 2_500_000 + wire.dice().below(2_000_000);
  }

  /** Asks for one absolute name; returns when the answer is there. */
  long ask(long now, Wire wire, Pod client, Dns dns) {
    Pod server = scene.population().any(servers, wire.dice());
    if (server == null) {
      return now;
    }
    int port = wire.ephemeralPort();
    wire.questionArrives(now, client, server, port);
    wire.question(now, client, server, port, dns);
    return now + 2_500_000;
  }
}
