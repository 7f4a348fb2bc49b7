package io.tidemark.window;

import io.tidemark.flow.Vantage;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/** An edge's written form inside that of its {@link Activity}. */
final class EdgeForm {

  private static final int VANTAGES = Vantage.values().length;

  private EdgeForm() {}

  static void write(Edge edge, StateWriter out) {
    Edge.Facts facts = edge.facts();
    facts.key().write(out);
    out.longs(facts.connections()).longs(facts.opened()).longs(facts.answered());
    out.longs(facts.refused()).longs(facts.denied());
    for (int i = 0; i < VANTAGES; i++) {
      out.varlong(facts.bytesToServer()[i]).varlong(facts.bytesToClient()[i]);
      out.varlong(facts.packetsToServer()[i]).varlong(facts.packetsToClient()[i]);
      out.varlong(facts.aggregated()[i]);
    }
    out.varlong(facts.records()).varlong(facts.deniedRecords());
    out.varint(facts.pods().size());
    facts.pods().forEach(out::string);
    out.varint(facts.coordinates().size());
    for (Coordinates at : facts.coordinates()) {
      out.string(at.input()).varint(at.partition()).varlong(at.first()).varlong(at.last());
    }
    out.string(facts.dropReason()).string(facts.name());
    out.varlong(facts.deniedReplies()).bool(edge.http() != null);
    if (edge.http() != null) {
      edge.http().write(out);
    }
  }

  /**
   * Reads an edge.
   *
   * @param whole whether the form is today's; the one before ended with the peer's name
   */
  static Edge read(StateReader in, boolean whole) {
    EdgeKey key = EdgeKey.read(in);
    long[] connections = in.longs();
    long[] opened = in.longs();
    long[] answered = in.longs();
    long[] refused = in.longs();
    long[] denied = in.longs();
    long[][] sums = new long[5][VANTAGES];
    for (int vantage = 0; vantage < VANTAGES; vantage++) {
      for (long[] sum : sums) {
        sum[vantage] = in.varlong();
      }
    }
    long records = in.varlong();
    long deniedRecords = in.varlong();
    List<String> pods = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      pods.add(in.text());
    }
    List<Coordinates> coordinates = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      coordinates.add(new Coordinates(in.text(), in.varint(), in.varlong(), in.varlong()));
    }
    return Edge.of(
        new Edge.Facts(
            key,
            connections,
            opened,
            answered,
            refused,
            denied,
            sums[0],
            sums[1],
            sums[2],
            sums[3],
            sums[4],
            records,
            deniedRecords,
            pods,
            coordinates,
            in.string(),
            in.string(),
            whole ? in.varlong() : 0,
            whole && in.bool() ? HttpActivity.read(in).facts() : null));
  }
}
