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
  private static final int TROUBLED_DAYS = 60;
  private static final int CRASHES = 3;
  private static final long SCALING_PERIOD = 30 * MINUTE;

  /** Autoscalers close a third of the gap at once. */
  private static final int SCALING_SHARE = 3;

  /**
   * A rolling update.
   *
   * @param peer whom the new version calls, {@code null} if nobody new
   * @param time milliseconds since the epoch
   */
  record Release(Workload workload, Party peer, long time) {}

  private record Step(long time, int serial, Runnable change) {}

  private final Fleet fleet;
  private final Population population;
  private final Dice dice;
  private final String[] templates;
  private final PriorityQueue<Step> steps =
      new PriorityQueue<>(Comparator.comparingLong(Step::time).thenComparingInt(Step::serial));
  private int serial;

  /**
   * @param releases rolling updates other than the usual ones
   */
  Lifecycle(Fleet fleet, Population population, long from, Life life, List<Release> releases) {
    this.fleet = fleet;
    this.population = population;
    this.dice = population.dice();
    this.templates = new String[fleet.workloads().size()];
    for (Workload workload : fleet.workloads()) {
      templates[workload.index()] = Names.templateHash(dice);
      int born = fleet.born(workload);
      if (born == 0) {
        populate(workload, from);
      } else {
        long birth = life.day(born) + 10 * HOUR + (workload.index() % 7) * 17L * MINUTE;
        at(birth, () -> populate(workload, birth));
      }
    }
    if (fleet.everyday()) {
      planTroubles(from, life);
    }
    for (Release release : releases) {
      if (release.time() >= from) {
        at(release.time(), () -> roll(release.workload(), release.time()));
      }
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
      Step step = steps.remove();
      population.at(step.time());
      step.change().run();
    }
    population.at(now);
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

  /** Nodes that are drained, and pods that crash; dice of their own. */
  private void planTroubles(long from, Life life) {
    Dice plan = Dice.of(fleet.spec().seed(), "troubles");
    for (int day = 0; day < TROUBLED_DAYS; day++) {
      if (day % 5 == 3) {
        Node node = fleet.nodes().get(plan.below(fleet.nodes().size()));
        long time = life.day(day) + 8 * HOUR + plan.below((int) (9 * HOUR));
        if (time >= from) {
          at(time, () -> drain(node, time));
        }
      }
      for (int i = 0; i < CRASHES; i++) {
        Workload workload = fleet.workloads().get(plan.below(fleet.workloads().size()));
        long time = life.day(day) + plan.below((int) DAY);
        if (time >= from) {
          at(time, () -> crash(workload, time));
        }
      }
    }
  }

  private void drain(Node node, long now) {
    population.cordon(node, true);
    long time = now;
    for (Pod pod : population.on(node)) {
      Workload.Kind kind = pod.workload().kind();
      if (kind == Workload.Kind.DEPLOYMENT || kind == Workload.Kind.STATEFUL_SET) {
        restart(pod, time);
        time += 7_000;
      }
    }
    at(now + HOUR, () -> population.cordon(node, false));
  }

  private void crash(Workload workload, long now) {
    List<Pod> pods = population.pods(workload);
    boolean jobs = workload.kind() == Workload.Kind.CRON_JOB;
    if (!jobs && workload.kind() != Workload.Kind.DAEMON_SET && !pods.isEmpty()) {
      restart(pods.get(0), now);
    }
  }

  /** Stops a pod and, seconds later, starts one that takes its place. */
  private void restart(Pod pod, long time) {
    Workload workload = pod.workload();
    at(
        time,
        () -> {
          if (pod.alive()) {
            population.stop(pod);
            at(
                time + 6_000,
                () -> {
                  if (workload.kind() == Workload.Kind.DEPLOYMENT) {
                    startReplica(workload);
                  } else {
                    population.start(workload, pod.name());
                  }
                });
          }
        });
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
    int gap = desired - pods.size();
    for (int i = Math.min(Math.abs(gap), Math.max(1, Math.abs(gap) / SCALING_SHARE)); i > 0; i--) {
      if (gap > 0) {
        startReplica(workload);
      } else {
        population.stop(pods.get(pods.size() - 1));
      }
    }
  }

  private static int desired(Workload workload, long time) {
    int spread = workload.maxReplicas() - workload.minReplicas();
    double demand = Math.min(1, Math.max(0, Curve.USERS.level(time) - 0.4));
    return workload.minReplicas() + (int) Math.round(spread * demand);
  }
}
