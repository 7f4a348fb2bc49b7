package io.tidemark.fleet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Prometheus: reads the metrics of every pod that has some, each once per period, over connections
 * that it keeps.
 */
final class Scraping implements Behaviour {
  private final Scene scene;
  private final Workload prometheus;
  private final long periodNanos;
  private final List<Pod> round = new ArrayList<>();
  private final Map<Pod, Integer> ports = new HashMap<>();
  private Pod scraper;
  private boolean begun;
  private int cursor;

  Scraping(Scene scene, Workload prometheus) {
    FleetSpec spec = scene.fleet().spec();
    this.scene = scene;
    this.prometheus = prometheus;
    this.periodNanos = (long) (spec.scrapeSeconds() * 1e9 / spec.intensity());
  }

  @Override
  public long act(long now, Wire wire) {
    if (cursor >= round.size()) {
      discover(wire);
    }
    if (scraper != null && scraper.alive() && cursor < round.size()) {
      scrape(now, wire, round.get(cursor));
    }
    cursor++;
    return now + Math.max(1, periodNanos / Math.max(1, round.size()));
  }

  private void discover(Wire wire) {
    if (scraper == null || !scraper.alive()) {
      scraper = scene.population().any(prometheus, wire.dice());
      ports.clear();
    }
    round.clear();
    for (Workload workload : scene.fleet().workloads()) {
      if (workload.metricsPort() > 0 && !workload.equals(prometheus)) {
        round.addAll(scene.population().pods(workload));
      }
    }
    if (!begun) {
      round.forEach(pod -> ports.put(pod, wire.ephemeralPort()));
      begun = true;
    }
    ports.keySet().retainAll(round);
    cursor = 0;
  }

  private void scrape(long now, Wire wire, Pod target) {
    int port = target.workload().metricsPort();
    if (!target.alive()) {
      return;
    }
    Integer from = ports.get(target);
    if (from == null) {
      ports.put(target, wire.establish(now, scraper, target, port));
    } else {
      wire.heartbeat(now, scraper, target, from, port);
    }
  }
}
