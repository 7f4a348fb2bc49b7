package io.tidemark.topology;

import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.pipeline.Dossier;
import io.tidemark.pipeline.Findings;
import io.tidemark.pipeline.PendingKey;
import io.tidemark.publish.Ledger;
import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.window.FleetKey;
import io.tidemark.window.OpenKey;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Written forms of store keys. Every form begins with a version byte. */
record KeyCodec<K>(BiConsumer<K, StateWriter> writer, Function<StateReader, K> reader) {

  private static final int VERSION = 1;

  static final KeyCodec<String> NAME =
      new KeyCodec<>((key, out) -> out.string(key), StateReader::text);

  static final KeyCodec<OpenKey> OPEN =
      new KeyCodec<>(
          (key, out) -> out.varlong(key.start()).string(key.subject()),
          in -> new OpenKey(in.varlong(), subject(in)));

  static final KeyCodec<Source> SOURCE = new KeyCodec<>(KeyCodec::source, KeyCodec::source);

  static final KeyCodec<PendingKey> PENDING =
      new KeyCodec<>(
          (key, out) -> {
            source(key.source(), out);
            out.varlong(key.start()).string(key.workload().key());
          },
          in -> new PendingKey(source(in), in.varlong(), workload(in.text())));

  static final KeyCodec<FleetKey> FLEET =
      new KeyCodec<>(
          (key, out) -> {
            source(key.source(), out);
            out.varlong(key.hour());
          },
          in -> new FleetKey(source(in), in.varlong()));

  static final KeyCodec<Dossier.Key> DOSSIER =
      new KeyCodec<>(
          (key, out) -> {
            source(key.source(), out);
            out.string(key.workload().key());
          },
          in -> new Dossier.Key(source(in), workload(in.text())));

  static final KeyCodec<Findings.Key> FINDINGS =
      new KeyCodec<>(
          (key, out) -> {
            source(key.source(), out);
            out.varlong(key.start()).string(key.cluster());
          },
          in -> new Findings.Key(source(in), in.varlong(), in.text()));

  static final KeyCodec<Ledger.Key> LEDGER =
      new KeyCodec<>(
          (key, out) -> {
            source(key.source(), out);
            out.string(key.cluster());
          },
          in -> new Ledger.Key(source(in), in.text()));

  byte[] toBytes(K key) {
    StateWriter out = new StateWriter();
    out.u8(VERSION);
    writer.accept(key, out);
    return out.toBytes();
  }

  K fromBytes(byte[] bytes) {
    StateReader in = new StateReader(bytes);
    in.expectVersion(VERSION, "store key");
    K key = reader.apply(in);
    in.expectEnd();
    return key;
  }

  private static void source(Source source, StateWriter out) {
    out.string(source.id());
  }

  private static String subject(StateReader in) {
    String subject = in.text();
    if (!subject.startsWith("@")) {
      workload(subject);
    }
    return subject;
  }

  private static Workload workload(String key) {
    try {
      return Workload.ofKey(key);
    } catch (IllegalArgumentException e) {
      throw new StateFormatException("store key: " + e.getMessage());
    }
  }

  private static Source source(StateReader in) {
    String id = in.text();
    return Source.of(id)
        .orElseThrow(() -> new StateFormatException("store key: unknown source " + id));
  }
}
