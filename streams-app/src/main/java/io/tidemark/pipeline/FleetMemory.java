package io.tidemark.pipeline;

import io.tidemark.detect.Prevalence;
import io.tidemark.flow.Direction;
import io.tidemark.flow.Peer;
import io.tidemark.flow.Source;
import io.tidemark.state.ObjectStore;
import io.tidemark.window.Fact;
import io.tidemark.window.FleetHour;
import io.tidemark.window.FleetKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the fleet did in the last {@value #HOURS} full hours, of which every activity partition
 * hears the same. A window is judged by the hours that ended before it began: when it is judged,
 * all input partitions have told them. Bounded: these hours, and those between the fastest and the
 * slowest input partition, per source.
 */
final class FleetMemory {

  /** A day: what is done once a day is known. */
  static final int HOURS = 24;

  /**
   * For so many hours a workload that was not there before counts as new: by then a service has met
   * whom it deals with.
   */
  static final int NEW_FOR = 6;

  /** What is known in one hour. */
  private record Known(long hour, Prevalence prevalence) {}

  private final ObjectStore<FleetKey, FleetHour> hours;
  private final Map<Source, Known> known = new EnumMap<>(Source.class);

  FleetMemory(ObjectStore<FleetKey, FleetHour> hours) {
    this.hours = hours;
  }

  /**
   * Takes what one input partition saw.
   *
   * @param judgedThrough exclusive end of what is judged: what comes for an hour that windows were
   *     judged by is too late
   */
  void merge(Fact.Prevalence fact, long judgedThrough) {
    if (judgedThrough > fact.windowStart() + FleetHour.LENGTH) {
      return;
    }
    FleetKey key = new FleetKey(fact.source(), fact.windowStart());
    FleetHour hour = hours.get(key);
    if (hour == null) {
      hour = new FleetHour();
    }
    hour.merge(fact.fleet());
    hours.put(key, hour);
  }

  /** What is known of the fleet when a window is judged. */
  Prevalence at(Source source, long windowStart) {
    long hour = FleetHour.start(windowStart);
    Known now = known.get(source);
    if (now == null || now.hour() != hour) {
      now = new Known(hour, gather(source, hour));
      known.put(source, now);
    }
    return now.prevalence();
  }

  private Prevalence gather(Source source, long hour) {
    long first = hour - HOURS * FleetHour.LENGTH;
    FleetHour day = new FleetHour();
    FleetHour before = new FleetHour();
    List<FleetKey> old = new ArrayList<>();
    boolean[] any = new boolean[1];
    hours.forEach(
        (key, each) -> {
          if (key.source() == source && key.hour() < first) {
            old.add(key);
          } else if (key.source() == source && key.hour() < hour) {
            day.merge(each);
            any[0] = true;
            if (key.hour() < hour - NEW_FOR * FleetHour.LENGTH) {
              before.merge(each);
            }
          }
        });
    old.forEach(hours::remove);
    return any[0] ? new OfDay(day, before) : Prevalence.UNKNOWN;
  }

  /**
   * @param before the day less its last hours
   */
  private record OfDay(FleetHour day, FleetHour before) implements Prevalence {

    @Override
    public double share(Direction direction, Peer peer) {
      return day.share(FleetHour.rank(direction, peer));
    }

    @Override
    public boolean newcomer(Peer peer) {
      return !peer.external() && unseen(Direction.EGRESS, peer) && unseen(Direction.INGRESS, peer);
    }

    private boolean unseen(Direction direction, Peer peer) {
      long rank = FleetHour.rank(direction, peer);
      // Of a fleet that is younger itself, nobody who was seen is new.
      return day.share(rank) == 0 || before.share(rank) == 0;
    }

    @Override
    public double fleet() {
      return day.workloads();
    }
  }
}
