package io.tidemark.alert;

import io.tidemark.detect.Signal;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.state.Codec;
import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.LinkedHashMap;

/**
 * Private binary form of an alert, with exact doubles: what the stages hand to each other. Version,
 * table of all texts, the alert with texts by their place in the table.
 */
final class AlertCodec implements Codec<Alert> {

  private static final int VERSION = 1;

  @Override
  public void write(Alert alert, StateWriter out) {
    out.u8(VERSION);
    EpisodesCodec.Writer writer =
        new EpisodesCodec.Writer(new StateWriter(), new LinkedHashMap<>());
    writer.text(alert.id());
    writer.text(alert.detector());
    writer.out().varint(alert.detectorVersion()).u8(alert.status().ordinal());
    writer.text(alert.source().id());
    writer.text(alert.workload().key());
    writer.text(alert.kind());
    writer.out().varint(alert.windows());
    Technique technique = alert.technique();
    writer.signal(
        new Signal(
            alert.subjectKind(),
            alert.subject(),
            alert.score(),
            alert.contributions(),
            alert.measures(),
            alert.evidence(),
            alert.windowStart(),
            alert.windowEnd(),
            alert.summary(),
            alert.silencedBy(),
            technique == null ? null : technique.id()));
    writer.finish(out);
  }

  @Override
  public Alert read(StateReader in) {
    in.expectVersion(VERSION, "alert");
    EpisodesCodec.Reader reader = EpisodesCodec.Reader.of(EpisodesCodec.VERSION, in);
    try {
      Alert alert = read(reader);
      reader.in().expectEnd();
      return alert;
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new StateFormatException("alert: " + e.getMessage());
    }
  }

  private static Alert read(EpisodesCodec.Reader reader) {
    String id = reader.text();
    String detector = reader.text();
    int version = reader.in().varint();
    Status status = reader.in().constant(Status.values());
    Source source = Source.of(reader.text()).orElseThrow(IllegalArgumentException::new);
    Workload workload = Workload.ofKey(reader.text());
    String kind = reader.text();
    int windows = reader.in().varint();
    Signal signal = reader.signal();
    return new Alert(
        id,
        detector,
        version,
        status,
        Severity.of(signal.score()),
        signal.score(),
        signal.contributions(),
        source,
        workload,
        kind,
        signal.subjectKind(),
        signal.subject(),
        signal.from(),
        signal.to(),
        windows,
        signal.summary(),
        signal.silencedBy(),
        signal.measures(),
        signal.evidence(),
        Technique.of(signal.technique()));
  }
}
