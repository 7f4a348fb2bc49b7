package io.tidemark.alert;

import io.tidemark.detect.Signal;
import io.tidemark.detect.Signal.Contribution;
import io.tidemark.detect.Signal.Evidence;
import io.tidemark.detect.Signal.Measure;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.state.Codec;
import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.window.Coordinates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Written form of {@link Episodes}: version, kind, count of the crowded out, table of all texts,
 * episodes with texts by their place in the table. Version 1 did not say what was published of an
 * episode, because everything was. Signals of a workload repeat names, peers and inputs; the table
 * keeps them once.
 */
record EpisodesCodec(Workload workload, Source source, AlertSettings settings)
    implements Codec<Episodes> {

  static final int VERSION = 2;

  private static final int EVERYTHING_TOLD = 1;

  @Override
  public void write(Episodes episodes, StateWriter out) {
    out.u8(VERSION).string(episodes.kind()).varlong(episodes.crowdedOut());
    StateWriter body = new StateWriter();
    Writer writer = new Writer(body, new LinkedHashMap<>());
    writer.all(List.copyOf(episodes.open.values()), writer::episode);
    writer.finish(out);
  }

  @Override
  public Episodes read(StateReader in) {
    int version = in.expectVersion(EVERYTHING_TOLD, VERSION, "episodes");
    String kind = in.string();
    Episodes episodes = new Episodes(workload, source, settings, kind, in.varlong());
    Reader reader = Reader.of(version, in);
    for (Episode episode : reader.all(reader::episode)) {
      episodes.open.put(episode.key(), episode);
    }
    reader.in.expectEnd();
    return episodes;
  }

  /** Writes into a body whose texts are kept in a table. */
  record Writer(StateWriter out, Map<String, Integer> texts) {

    /** The table, then the body. */
    void finish(StateWriter to) {
      to.varint(texts.size());
      texts.keySet().forEach(to::string);
      to.bytes(out.toBytes());
    }

    void text(String text) {
      Integer place = texts.get(text);
      if (place == null) {
        place = texts.size();
        texts.put(text, place);
      }
      out.varint(place);
    }

    <T> void all(List<T> values, Consumer<T> write) {
      out.varint(values.size());
      values.forEach(write);
    }

    void episode(Episode episode) {
      text(episode.detector());
      out.varint(episode.version()).varlong(episode.start()).varlong(episode.from());
      out.varlong(episode.end()).varint(episode.windows()).f64(episode.published());
      out.varlong(episode.gathered());
      out.bool(episode.announced()).bool(episode.withheld());
      signal(episode.strongest());
    }

    void signal(Signal signal) {
      text(signal.subjectKind());
      text(signal.subject());
      out.f64(signal.score());
      all(signal.contributions(), this::contribution);
      all(signal.measures(), this::measure);
      all(signal.evidence(), this::evidence);
      out.varlong(signal.from()).varlong(signal.to());
      text(signal.summary());
      all(signal.silencedBy(), this::text);
      out.bool(signal.technique() != null);
      if (signal.technique() != null) {
        text(signal.technique());
      }
    }

    void contribution(Contribution term) {
      text(term.name());
      out.f64(term.points());
      text(term.detail());
    }

    void measure(Measure measure) {
      text(measure.name());
      text(measure.unit());
      out.f64(measure.observed()).f64(measure.p05()).f64(measure.p50()).f64(measure.p95());
      out.varlong(measure.samples()).varlong(measure.learnedSince());
    }

    void evidence(Evidence seen) {
      text(seen.peer());
      out.varint(seen.port());
      text(seen.protocol());
      text(seen.detail());
      out.varlong(seen.connections()).varlong(seen.denied()).varlong(seen.records());
      all(seen.coordinates(), this::coordinates);
    }

    void coordinates(Coordinates at) {
      text(at.input());
      out.varint(at.partition()).varlong(at.first()).varlong(at.last());
    }
  }

  /** Reads what the writer wrote. */
  record Reader(int version, StateReader in, List<String> texts) {

    static Reader of(int version, StateReader from) {
      List<String> texts = new ArrayList<>();
      for (int left = from.count(); left > 0; left--) {
        texts.add(from.string());
      }
      byte[] body = from.bytes();
      if (body == null) {
        throw new StateFormatException("episodes: no body");
      }
      return new Reader(version, new StateReader(body), texts);
    }

    String text() {
      int place = in.varint();
      if (place < 0 || place >= texts.size()) {
        throw new StateFormatException("episodes: text " + place + " of " + texts.size());
      }
      return texts.get(place);
    }

    <T> List<T> all(Supplier<T> read) {
      List<T> values = new ArrayList<>();
      for (int left = in.count(); left > 0; left--) {
        values.add(read.get());
      }
      return List.copyOf(values);
    }

    Episode episode() {
      Episode episode =
          new Episode(
              text(),
              in.varint(),
              in.varlong(),
              in.varlong(),
              in.varlong(),
              in.varint(),
              score(),
              in.varlong(),
              version == EVERYTHING_TOLD || in.bool(),
              version != EVERYTHING_TOLD && in.bool(),
              signal());
      if (episode.windows() < 1 || episode.end() < episode.from()) {
        throw new StateFormatException("episodes: impossible count or times: " + episode);
      }
      return episode;
    }

    double score() {
      double score = in.f64();
      if (!(score >= 0 && score <= 100)) {
        throw new StateFormatException("episodes: score " + score);
      }
      return score;
    }

    Signal signal() {
      String subjectKind = text();
      String subject = text();
      double score = score();
      return new Signal(
          subjectKind,
          subject,
          score,
          all(this::contribution),
          all(this::measure),
          all(this::evidence),
          in.varlong(),
          in.varlong(),
          text(),
          all(this::text),
          in.bool() ? text() : null);
    }

    Contribution contribution() {
      return new Contribution(text(), in.f64(), text());
    }

    Measure measure() {
      return new Measure(
          text(), text(), in.f64(), in.f64(), in.f64(), in.f64(), in.varlong(), in.varlong());
    }

    Evidence evidence() {
      return new Evidence(
          text(),
          in.varint(),
          text(),
          text(),
          in.varlong(),
          in.varlong(),
          in.varlong(),
          all(this::coordinates));
    }

    Coordinates coordinates() {
      return new Coordinates(text(), in.varint(), in.varlong(), in.varlong());
    }
  }
}
