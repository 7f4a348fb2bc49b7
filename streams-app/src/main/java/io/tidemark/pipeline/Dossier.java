package io.tidemark.pipeline;

import io.tidemark.alert.AlertSettings;
import io.tidemark.alert.Episodes;
import io.tidemark.detect.Learning;
import io.tidemark.detect.Normal;
import io.tidemark.detect.PeerNames;
import io.tidemark.detect.Profile;
import io.tidemark.detect.Replicas;
import io.tidemark.flow.Party;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.state.Codec;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is known of one workload from one source: what was learned, and what is going on.
 * Bounded by the bounds of its parts.
 */
public final class Dossier {

  /**
   * Under what a dossier is kept.
   *
   * @param workload see {@link Workload#key()}
   */
  public record Key(Source source, Workload workload) implements Comparable<Key> {

    @Override
    public int compareTo(Key other) {
      int order = source.compareTo(other.source);
      return order != 0 ? order : workload.compareTo(other.workload);
    }
  }

  private static final String UNKNOWN_KIND = Party.SUGGESTED + Party.SUGGESTED;

  final long firstSeen;
  long lastSeen;

  /** Start of the window last judged, silent ones included. */
  long judged;

  long windowsSeen;
  long reported = Long.MIN_VALUE;
  final Panel.Lessons lessons;
  final PeerNames names;
  Replicas replicas = Replicas.NONE;
  Episodes episodes;
  boolean toldReady;
  List<String> forgotten = List.of();
  private String kind = UNKNOWN_KIND;

  private Dossier(long firstSeen, Panel.Lessons lessons, PeerNames names, Episodes episodes) {
    this.firstSeen = firstSeen;
    this.lastSeen = firstSeen;
    this.judged = firstSeen;
    this.lessons = lessons;
    this.names = names;
    this.episodes = episodes;
  }

  static Dossier open(Key key, long start, AlertSettings alerts) {
    return new Dossier(
        start,
        new Panel.Lessons(),
        new PeerNames(),
        new Episodes(key.workload(), key.source(), alerts));
  }

  /** Written form for state stores; the key is not part of it. */
  public static Codec<Dossier> codec(Key key, Panel panel, AlertSettings alerts) {
    return new DossierCodec(key, panel, alerts);
  }

  /** What every detector may know when the window that starts then is judged. */
  public Profile profile(long start) {
    return new Profile(firstSeen, windowsSeen, start);
  }

  /** What a detector goes by, which may have begun later than the workload. */
  public Profile profile(String detector, long start) {
    return lessons.as(detector, profile(start));
  }

  /** What each detector has learned to be normal, seen from the window that starts then. */
  public Map<String, Normal> normal(Panel panel, long start) {
    return panel.normal(lessons, profile(start));
  }

  /** What is still missing before each detector speaks. */
  public Map<String, Learning> learning(Panel panel, long start) {
    return panel.learning(lessons, profile(start));
  }

  /** The written form of what a detector has learned; empty while it has learned nothing. */
  public Optional<byte[]> lesson(Panel panel, String detector) {
    return panel.lesson(lessons, detector);
  }

  /** Start of the first window, milliseconds since the epoch. */
  public long firstSeen() {
    return firstSeen;
  }

  /** Start of the latest window with facts, milliseconds since the epoch. */
  public long lastSeen() {
    return lastSeen;
  }

  /** Windows with facts. */
  public long windowsSeen() {
    return windowsSeen;
  }

  /** Whether an alert is open that somebody was told of. */
  public boolean hasOpenAlerts() {
    return !episodes.isEmpty();
  }

  /** A workload of which nothing is known yet. */
  public static Dossier blank(Key key, long start, AlertSettings alerts) {
    return open(key, start, alerts);
  }

  /**
   * What is going on goes on: takes over the open alerts of the other, and what readers of the
   * topics were told. For a dossier that was learned anew while its alerts stand in the topic.
   */
  public Dossier goingOn(Dossier other) {
    episodes = other.episodes;
    reported = other.reported;
    // What operators had asked for by then was done.
    judged = Math.max(judged, other.judged);
    return this;
  }

  /** The controller's kind as people write it. */
  public String kind() {
    String plain = kind;
    while (plain.startsWith(Party.SUGGESTED)) {
      plain = plain.substring(Party.SUGGESTED.length());
    }
    return plain.isEmpty() ? Workload.KIND_UNKNOWN : plain;
  }

  /** A stated kind wins over a suggested one; of two alike, the latest. */
  void kind(String told) {
    boolean stated = told != null && !told.startsWith(Party.SUGGESTED);
    if (stated || (told != null && kind.startsWith(Party.SUGGESTED))) {
      kind = told;
    }
  }

  private record DossierCodec(Key key, Panel panel, AlertSettings alerts)
      implements Codec<Dossier> {

    private static final int VERSION = 3;

    /** Without the window last judged, and without beginnings: all had learned from the first. */
    private static final int NOTHING_ASKED = 1;

    /** Without the pods. */
    private static final int WITHOUT_REPLICAS = 2;

    @Override
    public void write(Dossier dossier, StateWriter out) {
      out.u8(VERSION).varlong(dossier.firstSeen).varlong(dossier.lastSeen);
      out.varlong(dossier.judged);
      out.varlong(dossier.windowsSeen).varlong(dossier.reported);
      out.bool(dossier.toldReady);
      out.string(dossier.kind);
      panel.write(dossier.lessons, out);
      panel.writeBeginnings(dossier.lessons, out);
      dossier.names.write(out);
      dossier.replicas.write(out);
      Episodes.codec(key.workload(), key.source(), alerts).write(dossier.episodes, out);
    }

    @Override
    public Dossier read(StateReader in) {
      int version = in.expectVersion(NOTHING_ASKED, VERSION, "dossier of " + key.workload());
      long firstSeen = in.varlong();
      long lastSeen = in.varlong();
      long judged = version == NOTHING_ASKED ? lastSeen : in.varlong();
      long windowsSeen = in.varlong();
      long reported = in.varlong();
      boolean toldReady = in.bool();
      String kind = in.text();
      List<String> forgotten = new ArrayList<>();
      Panel.Lessons lessons = panel.read(in, forgotten);
      if (version != NOTHING_ASKED) {
        panel.readBeginnings(lessons, in);
      }
      PeerNames names = PeerNames.read(in);
      Replicas replicas = version <= WITHOUT_REPLICAS ? Replicas.NONE : Replicas.read(in);
      Dossier dossier =
          new Dossier(
              firstSeen,
              lessons,
              names,
              Episodes.codec(key.workload(), key.source(), alerts).read(in));
      dossier.replicas = replicas;
      dossier.lastSeen = lastSeen;
      dossier.judged = judged;
      dossier.windowsSeen = windowsSeen;
      dossier.reported = reported;
      dossier.toldReady = toldReady;
      dossier.kind = kind;
      dossier.forgotten = List.copyOf(forgotten);
      return dossier;
    }
  }
}
