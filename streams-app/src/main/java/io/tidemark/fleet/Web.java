package io.tidemark.fleet;

import java.util.List;
import java.util.Set;

/** How servers with a policy of layer 7 answer: mostly well, now and then not. */
final class Web {
  private static final Set<String> SERVERS =
      Set.of("catalog", "cart", "order-api", "payment-api", "ledger", "gateway");
  private static final String[] PATHS = {"/v1/items/", "/v1/sessions/", "/v2/search/", "/healthz/"};

  private static final double SERVER_ERRORS = 0.003;
  private static final double NOT_FOUND = 0.012;
  private static final double NOT_ALLOWED = 0.004;

  private final List<Effect> effects;

  Web(List<Effect> effects) {
    this.effects = List.copyOf(effects);
  }

  /** Whether a proxy reads what this workload is asked. */
  static boolean serves(Workload server) {
    return SERVERS.contains(server.name());
  }

  /** A request of a client at a time in milliseconds since the epoch, and its answer. */
  Http exchange(Party client, Workload server, int port, long millis, Dice dice) {
    double usual = 6e6 + Math.floorMod(server.identity(), 40) * 1e6;
    double latency = usual * (0.5 + dice.exponential(0.5));
    int code = usualCode(dice.unit());
    for (Effect effect : effects) {
      if (effect.holds(server, client, millis)) {
        latency *= effect.slower();
        code = dice.chance(effect.failing()) ? effect.code() : code;
      }
    }
    return request(server, port, code, (long) latency, dice);
  }

  static Http request(Workload server, int port, int code, long latencyNanos, Dice dice) {
    String host = "http://" + server.name() + "." + server.namespace() + ".svc.cluster.local:";
    String url = host + port + PATHS[dice.below(PATHS.length)] + dice.below(5_000);
    return new Http(dice.chance(0.8) ? "GET" : "POST", url, code, latencyNanos);
  }

  private static int usualCode(double fate) {
    if (fate < SERVER_ERRORS) {
      return 500;
    }
    if (fate < SERVER_ERRORS + NOT_FOUND) {
      return 404;
    }
    return fate < SERVER_ERRORS + NOT_FOUND + NOT_ALLOWED ? 401 : 200;
  }
}
