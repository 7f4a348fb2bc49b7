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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The detectors in service, and the one place that calls them: score first, against a baseline that
 * does not hold the window; learn second.
 */
public final class Panel {

  private final TreeMap<String, Seat<?>> seats = new TreeMap<>();

  /**
   * @throws IllegalArgumentException if two detectors have the same name
   */
  public Panel(List<? extends Detector<?>> detectors) {
    for (Detector<?> detector : detectors) {
      if (seats.put(detector.name(), new Seat<>(detector)) != null) {
        throw new IllegalArgumentException("two detectors are called " + detector.name());
      }
    }
  }

  /** What the detectors have learned of one workload from one source, by detector. */
  static final class Lessons {
    private final TreeMap<String, Object> states = new TreeMap<>();
  }

  List<Finding> judge(Lessons lessons, Profile profile, Window window) {
    List<Finding> findings = new ArrayList<>();
    seats.values().forEach(seat -> seat.judge(lessons, profile, window, findings));
    return findings;
  }

  /** Start of the window in which some detector wants to be asked even in silence. */
  long due(Lessons lessons) {
    long due = Long.MAX_VALUE;
    for (Seat<?> seat : seats.values()) {
      due = Math.min(due, seat.due(lessons));
    }
    return due;
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
    return seat == null || !lessons.states.containsKey(detector)
        ? Optional.empty()
        : Optional.of(seat.bytes(lessons.states.get(detector)));
  }

  int version(String detector) {
    return seats.get(detector).detector.version();
  }

  void write(Lessons lessons, StateWriter out) {
    out.varint(lessons.states.size());
    lessons.states.forEach((name, state) -> seats.get(name).write(state, out));
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

  private record Seat<S>(Detector<S> detector) {

    @SuppressWarnings("unchecked") // Only this seat writes under its detector's name.
    private S state(Lessons lessons, long start) {
      return (S) lessons.states.computeIfAbsent(detector.name(), name -> detector.initial(start));
    }

    void judge(Lessons lessons, Profile profile, Window window, List<Finding> findings) {
      S state = state(lessons, window.start());
      List<Signal> signals =
          detector.learning(state, profile).ready()
              ? detector.score(state, profile, window)
              : List.of();
      for (Signal signal : signals) {
        findings.add(new Finding(detector.name(), detector.version(), signal));
      }
      lessons.states.put(detector.name(), detector.learn(state, window, !signals.isEmpty()));
    }

    long due(Lessons lessons) {
      return lessons.states.containsKey(detector.name())
          ? detector.due(state(lessons, 0))
          : Long.MAX_VALUE;
    }

    Learning learning(Lessons lessons, Profile profile) {
      return detector.learning(state(lessons, profile.start()), profile);
    }

    Normal normal(Lessons lessons, Profile profile) {
      return lessons.states.containsKey(detector.name())
          ? detector.normal(state(lessons, 0), profile)
          : Normal.nothing(profile.firstSeen());
    }

    @SuppressWarnings("unchecked") // As above.
    byte[] bytes(Object state) {
      return detector.codec().toBytes((S) state);
    }

    @SuppressWarnings("unchecked") // As above.
    void write(Object state, StateWriter out) {
      out.string(detector.name()).varint(detector.version());
      out.bytes(detector.codec().toBytes((S) state));
    }

    boolean read(int version, byte[] bytes, Lessons lessons) {
      if (version != detector.version() || bytes == null) {
        return false;
      }
      try {
        lessons.states.put(detector.name(), detector.codec().fromBytes(bytes));
        return true;
      } catch (StateFormatException e) {
        return false;
      }
    }
  }
}
