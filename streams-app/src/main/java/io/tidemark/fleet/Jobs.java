package io.tidemark.fleet;

import java.util.List;

/**
 * A CronJob: at each scheduled time a pod starts, makes its calls for some minutes, and is gone.
 */
final class Jobs implements Behaviour {
  private static final long MINUTE = 60_000_000_000L;

  /** A job's pod has resolved nothing yet when it starts, and keeps little. */
  private static final double LOOKUP = 0.3;

  private final Scene scene;
  private final Lookups lookups;
  private final Workload job;
  private final List<Call> calls;
  private final double perMinute;
  private Pod pod;
  private long end;

  Jobs(Scene scene, Lookups lookups, Workload job, List<Call> calls) {
    this.scene = scene;
    this.lookups = lookups;
    this.job = job;
    this.calls = calls;
    this.perMinute = calls.stream().mapToDouble(Call::perMinute).sum();
  }

  /** When the job first starts at or after a time. */
  long first(long from) {
    return job.schedule().next(-Math.floorDiv(-from, 1_000_000L)) * 1_000_000L;
  }

  @Override
  public long act(long now, Wire wire) {
    if (pod == null) {
      start(now, wire.dice());
    } else if (now >= end) {
      scene.population().stop(pod);
      pod = null;
      return first(now + 1);
    } else {
      Call call = choose(wire.dice());
      Calling.connect(scene, lookups, now, wire, pod, call, LOOKUP);
    }
    return now + Math.min(end - now, scene.wait(now, perMinute, Curve.STEADY, wire.dice()));
  }

  private void start(long now, Dice dice) {
    String name = Names.jobPod(job.name(), now / 1_000_000, dice);
    pod = scene.population().start(job, name);
    end = now + (long) (job.schedule().runMinutes() * MINUTE * (0.8 + 0.4 * dice.unit()));
  }

  private Call choose(Dice dice) {
    double rest = dice.unit() * perMinute;
    for (Call call : calls) {
      rest -= call.perMinute();
      if (rest < 0) {
        return call;
      }
    }
    return calls.get(calls.size() - 1);
  }
}
