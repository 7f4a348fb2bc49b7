package io.tidemark.pipeline;

import io.tidemark.alert.Finding;
import io.tidemark.detect.Detector;
import io.tidemark.detect.Learning;
import io.tidemark.detect.Normal;
import io.tidemark.detect.Profile;
import io.tidemark.detect.Signal;
import io.tidemark.detect.Window;
import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The detectors in service, and the one place that calls them: score first, against a baseline that
 * does not hold the window; learn second.
 */
public final class Panel {

  private final TreeMap<String, Seat<?>> seats = new TreeMap<>();
  private final List<String> names;

  /**
   * @throws IllegalArgumentException if two detectors have the same name
   */
  public Panel(List<? extends Detector<?>> detectors) {
    TreeMap<String, Detector<?>> byName = new TreeMap<>();
    for (Detector<?> detector : detectors) {
      if (byName.put(detector.name(), detector) != null) {
        throw new IllegalArgumentException("two detectors are called " + detector.name());
      }
    }
    byName.forEach((name, detector) -> seats.put(name, new Seat<>(detector, seats.size())));
    names = List.copyOf(seats.keySet());
  }

  /** What the detectors have learned of one workload from one source, by detector. */
  static final class Lessons {
    // By the places of the detectors in their panel: each is asked for many times a window.
    private Object[] states = {};
    private final TreeMap<String, Beginning> beginnings = new TreeMap<>();

    private Object state(Seat<?> seat) {
      return seat.place < states.length ? states[seat.place] : null;
    }

    private void state(Seat<?> seat, Object state) {
      if (seat.place >= states.length) {
        states = Arrays.copyOf(states, seat.place + 1);
      }
      states[seat.place] = state;
    }

    /** The workload as a detector knows it that did not learn from all of its time. */
    Profile as(String detector, Profile profile) {
      Beginning begun = beginnings.isEmpty() ? null : beginnings.get(detector);
      return begun == null
          ? profile
          : new Profile(begun.start, profile.windowsSeen() - begun.windows, profile.start());
    }
  }

  /**
   * When a detector began to learn, if not with the workload.
   *
   * @param start as if it had been the workload's first window, milliseconds since the epoch
   * @param windows how many of the workload's windows it did not learn from
   */
  private record Beginning(long start, long windows) {}

  /**
   * Scores and learns.
   *
   * @param frozen names of detectors that must not learn from this window
   * @param passed time since the window judged before, milliseconds
   */
  List<Finding> judge(
      Lessons lessons, Profile profile, Window window, Predicate<String> frozen, long passed) {
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<String, Seat<?>> seat : seats.entrySet()) {
      boolean learns = !frozen.test(seat.getKey());
      seat.getValue().judge(lessons, profile, window, learns, findings);
      if (!learns) {
        postpone(lessons, seat.getKey(), profile, window, passed);
      }
    }
    return findings;
  }

  /** Time that is not learned from does not bring a detector nearer to speaking. */
  private void postpone(
      Lessons lessons, String detector, Profile profile, Window window, long passed) {
    Profile known = lessons.as(detector, profile);
    if (!seats.get(detector).learning(lessons, profile).ready()) {
      long unlearned = profile.windowsSeen() - known.windowsSeen();
      lessons.beginnings.put(
          detector,
          new Beginning(
              known.firstSeen() + passed, unlearned + (window.activity().isEmpty() ? 0 : 1)));
    }
  }

  /** Drops what a detector learned; it learns anew from the window of this profile on. */
  void forget(Lessons lessons, String detector, Profile profile) {
    lessons.state(seats.get(detector), null);
    lessons.beginnings.put(detector, new Beginning(profile.start(), profile.windowsSeen()));
  }

  List<String> detectors() {
    return names;
  }

  /** Start of the window in which some detector wants to be asked even in silence. */
  long due(Lessons lessons) {
    long due = Long.MAX_VALUE;
    for (Seat<?> seat : seats.values()) {
      due = Math.min(due, seat.due(lessons));
    }
    return due;
  }

  /** Whether every detector is. */
  boolean ready(Lessons lessons, Profile profile) {
    for (Seat<?> seat : seats.values()) {
      if (!seat.learning(lessons, profile).ready()) {
        return false;
      }
    }
    return true;
  }

  /** How far each detector has come. */
  Map<String, Learning> learning(Lessons lessons, Profile profile) {
    Map<String, Learning> learning = new TreeMap<>();
    seats.forEach((name, seat) -> learning.put(name, seat.learning(lessons, profile)));
    return learning;
  }

  /** What each detector has learned to be normal, seen from the window that the profile starts. */
  Map<String, Normal> normal(Lessons lessons, Profile profile) {
    Map<String, Normal> normal = new TreeMap<>();
    seats.forEach((name, seat) -> normal.put(name, seat.normal(lessons, profile)));
    return normal;
  }

  /**
   * The written form of what one detector learned; empty if it is not in service or has nothing.
   */
  Optional<byte[]> lesson(Lessons lessons, String detector) {
    Seat<?> seat = seats.get(detector);
    return seat == null || lessons.state(seat) == null
        ? Optional.empty()
        : Optional.of(seat.bytes(lessons.state(seat)));
  }

  int version(String detector) {
    return seats.get(detector).detector.version();
  }

  void write(Lessons lessons, StateWriter out) {
    int known = 0;
    for (Object state : lessons.states) {
      known += state == null ? 0 : 1;
    }
    out.varint(known);
    for (Seat<?> seat : seats.values()) {
      if (lessons.state(seat) != null) {
        seat.write(lessons.state(seat), out);
      }
    }
  }

  void writeBeginnings(Lessons lessons, StateWriter out) {
    out.varint(lessons.beginnings.size());
    lessons.beginnings.forEach(
        (name, begun) -> out.string(name).varlong(begun.start).varlong(begun.windows));
  }

  void readBeginnings(Lessons lessons, StateReader in) {
    for (int left = in.count(); left > 0; left--) {
      String name = in.text();
      Beginning begun = new Beginning(in.varlong(), in.varlong());
      // Of a detector that is no longer in service nothing else is known either.
      if (seats.containsKey(name)) {
        lessons.beginnings.put(name, begun);
      }
    }
  }

  /**
   * Reads what {@link #write} wrote. What a detector of another version learned, or one that is no
   * longer in service, is left out: the detector warms up again.
   *
   * @param forgotten receives the names of detectors whose lessons could not be used
   */
  Lessons read(StateReader in, List<String> forgotten) {
    Lessons lessons = new Lessons();
    for (int left = in.count(); left > 0; left--) {
      String name = in.text();
      int version = in.varint();
      byte[] bytes = in.bytes();
      Seat<?> seat = seats.get(name);
      if (seat != null && !seat.read(version, bytes, lessons)) {
        forgotten.add(name);
      }
    }
    return lessons;
  }

  /**
   * A detector in service.
   *
   * @param place in the order of names, from 0
   */
  private record Seat<S>(Detector<S> detector, int place) {

    private S state(Lessons lessons, Profile profile) {
      if (lessons.state(this) == null) {
        lessons.state(this, detector.initial(profile.start()));
        if (profile.age() > 0) {
          // New in service, or its stored lessons could not be used: it warms up like any other.
          lessons.beginnings.put(
              detector.name(), new Beginning(profile.start(), profile.windowsSeen()));
        }
      }
      return known(lessons);
    }

    @SuppressWarnings("unchecked") // Only this seat writes under its detector's name.
    private S known(Lessons lessons) {
      return (S) lessons.state(this);
    }

    void judge(
        Lessons lessons, Profile workload, Window window, boolean learns, List<Finding> findings) {
      S state = state(lessons, workload);
      Profile profile = lessons.as(detector.name(), workload);
      List<Signal> signals =
          detector.speaks(state, profile) ? detector.score(state, profile, window) : List.of();
      for (Signal signal : signals) {
        findings.add(new Finding(detector.name(), detector.version(), signal));
      }
      lessons.state(
          this,
          learns
              ? detector.learn(state, window, !signals.isEmpty())
              : detector.follow(state, window));
    }

    long due(Lessons lessons) {
      return lessons.state(this) == null ? Long.MAX_VALUE : detector.due(known(lessons));
    }

    Learning learning(Lessons lessons, Profile profile) {
      S state = state(lessons, profile);
      return detector.learning(state, lessons.as(detector.name(), profile));
    }

    Normal normal(Lessons lessons, Profile profile) {
      return lessons.state(this) == null
          ? Normal.nothing(profile.firstSeen())
          : detector.normal(known(lessons), lessons.as(detector.name(), profile));
    }

    @SuppressWarnings("unchecked") // As above.
    byte[] bytes(Object state) {
      return detector.codec().toBytes((S) state);
    }

    @SuppressWarnings("unchecked") // As above.
    void write(Object state, StateWriter out) {
      out.string(detector.name()).varint(detector.version());
      out.framed(frame -> detector.codec().write((S) state, frame));
    }

    boolean read(int version, byte[] bytes, Lessons lessons) {
      if (version != detector.version() || bytes == null) {
        return false;
      }
      try {
        lessons.state(this, detector.codec().fromBytes(bytes));
        return true;
      } catch (StateFormatException e) {
        return false;
      }
    }
  }
}
