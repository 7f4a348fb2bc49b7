package io.tidemark.fleet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Births and deaths of pods other than those of jobs: rolling updates in working hours (at least
 * one on each whole day), and autoscaling along the customers' day. Times in milliseconds since the
 * epoch.
 */
final class Lifecycle {
  private static final long MINUTE = 60_000L;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long SCALING_PERIOD = 30 * MINUTE;

  private record Step(long time, int serial, Runnable change) {}

  private final Fleet fleet;
  private final Population population;
  private final Dice dice;
  private final String[] templates;
  private final PriorityQueue<Step> steps =
      new PriorityQueue<>(Comparator.comparingLong(Step::time).thenComparingInt(Step::serial));
  private int serial;

  Lifecycle(Fleet fleet, Population population, long from) {
    this.fleet = fleet;
    this.population = population;
    this.dice = population.dice();
    this.templates = new String[fleet.workloads().size()];
    for (Workload workload : fleet.workloads()) {
      templates[workload.index()] = Names.templateHash(dice);
      populate(workload, from);
    }
    planDay(Math.floorDiv(from, DAY), from);
    scale(Math.floorDiv(from, SCALING_PERIOD) * SCALING_PERIOD + SCALING_PERIOD);
  }

  private void populate(Workload workload, long from) {
    switch (workload.kind()) {
      case DEPLOYMENT -> {
        for (int i = desired(workload, from); i > 0; i--) {
          startReplica(workload);
        }
      }
      case STATEFUL_SET -> {
        for (int i = 0; i < workload.minReplicas(); i++) {
          population.start(workload, workload.name() + "-" + i);
        }
      }
      case DAEMON_SET -> {
        for (Node node : fleet.nodes()) {
          population.start(workload, Names.daemonSetPod(workload.name(), dice), node);
        }
      }
      case CRON_JOB -> {}
    }
  }

  /** When the next change is due. */
  long next() {
    return steps.element().time();
  }

  /** Makes every change that is due. */
  void advance(long now) {
    while (next() <= now) {
      steps.remove().change().run();
    }
  }

  private void at(long time, Runnable change) {
    steps.add(new Step(time, serial++, change));
  }

  /** Plans a day's rolling updates, those before {@code from} left out, and the next planning. */
  private void planDay(long day, long from) {
    Dice plan = new Dice(Dice.hash(Dice.hash(fleet.spec().seed(), "rollouts"), day));
    List<Workload> candidates = new ArrayList<>();
    for (Workload workload : fleet.workloads()) {
      if (workload.kind() == Workload.Kind.DEPLOYMENT
          || (workload.kind() == Workload.Kind.STATEFUL_SET && plan.chance(0.1))) {
        candidates.add(workload);
      }
    }
    boolean weekend = Math.floorMod(day + 3, 7L) >= 5;
    int rollouts = weekend ? 1 : 2 + candidates.size() / 30;
    for (int i = 0; i < rollouts; i++) {
      Workload workload = candidates.get(plan.below(candidates.size()));
      long time = day * DAY + 8 * HOUR + (long) (plan.unit() * 9 * HOUR);
      if (time >= from) {
        at(time, () -> roll(workload, time));
      }
    }
    at((day + 1) * DAY, () -> planDay(day + 1, (day + 1) * DAY));
  }

  private void roll(Workload workload, long now) {
    List<Pod> old = List.copyOf(population.pods(workload));
    templates[workload.index()] = Names.templateHash(dice);
    for (int i = 0; i < old.size(); i++) {
      Pod pod = old.get(i);
      long time = now + i * 40_000L;
      if (workload.kind() == Workload.Kind.DEPLOYMENT) {
        at(time, () -> replace(pod));
        at(time + 25_000, () -> stop(pod));
      } else {
        at(time, () -> stop(pod));
        at(time + 9_000, () -> population.start(workload, pod.name()));
      }
    }
  }

  private void replace(Pod pod) {
    if (pod.alive()) {
      startReplica(pod.workload());
    }
  }

  private void stop(Pod pod) {
    if (pod.alive()) {
      population.stop(pod);
    }
  }

  private void startReplica(Workload workload) {
    String template = templates[workload.index()];
    population.start(workload, Names.deploymentPod(workload.name(), template, dice));
  }

  private void scale(long time) {
    at(
        time,
        () -> {
          for (Workload workload : fleet.workloads()) {
            if (workload.maxReplicas() > workload.minReplicas()) {
              scale(workload, desired(workload, time));
            }
          }
          scale(time + SCALING_PERIOD);
        });
  }

  private void scale(Workload workload, int desired) {
    List<Pod> pods = population.pods(workload);
    if (pods.size() < desired) {
      startReplica(workload);
    } else if (pods.size() > desired) {
      population.stop(pods.get(pods.size() - 1));
    }
  }

  private static int desired(Workload workload, long time) {
    int spread = workload.maxReplicas() - workload.minReplicas();
    double demand = Math.min(1, Math.max(0, Curve.USERS.level(time) - 0.4));
    return workload.minReplicas() + (int) Math.round(spread * demand);
  }
}
