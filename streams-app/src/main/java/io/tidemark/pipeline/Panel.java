package io.tidemark.pipeline;

import io.tidemark.alert.Finding;
import io.tidemark.detect.Detector;
import io.tidemark.detect.Learning;
import io.tidemark.detect.Profile;
import io.tidemark.detect.Signal;
import io.tidemark.detect.Window;
import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The detectors in service, and the one place that calls them: score first, against a baseline that
 * does not hold the window; learn second.
 */
public final class Panel {

  /** Entry of late beginnings; no detector is called so, and versions without it pass it over. */
  private static final String BEGUN = "@begun";

  private static final int BEGUN_VERSION = 1;

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

    /** Of detectors that began later than the workload itself: new ones, and after forgetting. */
    private final TreeMap<String, Begun> begun = new TreeMap<>();
  }

  /**
   * When a detector began to learn of a workload.
   *
   * @param start start of its first window
   * @param windows windows with facts that others had learned before
   */
  private record Begun(long start, long windows) {

    /** What the workload is to this detector: for a warm-up the rest of its life does not count. */
    Profile of(Profile profile) {
      return new Profile(start, profile.windowsSeen() - windows, profile.start());
    }
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

  int version(String detector) {
    return seats.get(detector).detector.version();
  }

  void write(Lessons lessons, StateWriter out) {
    out.varint(lessons.states.size() + (lessons.begun.isEmpty() ? 0 : 1));
    if (!lessons.begun.isEmpty()) {
      out.string(BEGUN).varint(BEGUN_VERSION).bytes(begun(lessons));
    }
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
      if (name.equals(BEGUN)) {
        begun(version, bytes, lessons);
        continue;
      }
      Seat<?> seat = seats.get(name);
      if (seat != null && !seat.read(version, bytes, lessons)) {
        forgotten.add(name);
      }
    }
    return lessons;
  }

  private static byte[] begun(Lessons lessons) {
    StateWriter out = new StateWriter();
    out.varint(lessons.begun.size());
    lessons.begun.forEach(
        (name, begun) -> out.string(name).varlong(begun.start()).varlong(begun.windows()));
    return out.toBytes();
  }

  private static void begun(int version, byte[] bytes, Lessons lessons) {
    if (version != BEGUN_VERSION || bytes == null) {
      throw new StateFormatException(
          "beginnings of detectors: state version " + version + ", known is " + BEGUN_VERSION);
    }
    StateReader in = new StateReader(bytes);
    for (int left = in.count(); left > 0; left--) {
      lessons.begun.put(in.text(), new Begun(in.varlong(), in.varlong()));
    }
    in.expectEnd();
  }

  private record Seat<S>(Detector<S> detector) {

    @SuppressWarnings("unchecked") // Only this seat writes under its detector's name.
    private S state(Lessons lessons, Profile profile) {
      if (!lessons.states.containsKey(detector.name())) {
        lessons.states.put(detector.name(), detector.initial(profile.start()));
        if (profile.age() > 0) {
          lessons.begun.put(detector.name(), new Begun(profile.start(), profile.windowsSeen()));
        }
      }
      return (S) lessons.states.get(detector.name());
    }

    private Profile own(Lessons lessons, Profile profile) {
      Begun begun = lessons.begun.get(detector.name());
      return begun == null ? profile : begun.of(profile);
    }

    void judge(Lessons lessons, Profile whole, Window window, List<Finding> findings) {
      S state = state(lessons, whole);
      Profile profile = own(lessons, whole);
      List<Signal> signals =
          detector.learning(state, profile).ready()
              ? detector.score(state, profile, window)
              : List.of();
      for (Signal signal : signals) {
        findings.add(new Finding(detector.name(), detector.version(), signal));
      }
      lessons.states.put(detector.name(), detector.learn(state, window, !signals.isEmpty()));
    }

    @SuppressWarnings("unchecked") // As above.
    long due(Lessons lessons) {
      return lessons.states.containsKey(detector.name())
          ? detector.due((S) lessons.states.get(detector.name()))
          : Long.MAX_VALUE;
    }

    Learning learning(Lessons lessons, Profile profile) {
      S state = state(lessons, profile);
      return detector.learning(state, own(lessons, profile));
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
