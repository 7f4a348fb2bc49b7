package io.tidemark.pipeline;

import io.tidemark.alert.Alert;
import io.tidemark.flow.Source;
import io.tidemark.state.Codec;
import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;

/** Written form of what JUDGE tells PUBLISH: version, kind, content. */
final class ToldCodec implements Codec<Told> {

  private static final int VERSION = 1;
  private static final int RAISED = 0;
  private static final int ACTIVE = 1;
  private static final int MARK = 2;

  @Override
  public void write(Told told, StateWriter out) {
    out.u8(VERSION);
    if (told instanceof Told.Raised raised) {
      out.u8(RAISED).varint(raised.partition()).varlong(raised.start());
      Alert.CODEC.write(raised.alert(), out);
    } else if (told instanceof Told.Active active) {
      out.u8(ACTIVE).string(active.source().id()).varint(active.partition());
      out.varlong(active.start()).string(active.cluster()).string(active.namespace());
      out.varint(active.workloads());
    } else if (told instanceof Told.Mark mark) {
      out.u8(MARK).string(mark.source().id()).varint(mark.partition());
      out.varint(mark.partitions()).varlong(mark.through());
    }
  }

  @Override
  public Told read(StateReader in) {
    in.expectVersion(VERSION, "finding");
    int kind = in.u8();
    return switch (kind) {
      case RAISED -> new Told.Raised(in.varint(), in.varlong(), Alert.CODEC.read(in));
      case ACTIVE ->
          new Told.Active(source(in), in.varint(), in.varlong(), in.text(), in.text(), in.varint());
      case MARK -> new Told.Mark(source(in), in.varint(), in.varint(), in.varlong());
      default -> throw new StateFormatException("finding of unknown kind " + kind);
    };
  }

  private static Source source(StateReader in) {
    String id = in.text();
    return Source.of(id)
        .orElseThrow(() -> new StateFormatException("finding of unknown source " + id));
  }
}
