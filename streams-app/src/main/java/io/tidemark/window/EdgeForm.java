package io.tidemark.window;

import io.tidemark.flow.Vantage;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An edge's written form inside that of its {@link Activity}. */
final class EdgeForm {

  private static final int VANTAGES = Vantage.values().length;

  private EdgeForm() {}

  static void write(Edge edge, StateWriter out) {
    edge.key().write(out);
    edge.writeAmounts(out);
    Set<String> pods = edge.pods();
    out.varint(pods.size());
    pods.forEach(out::string);
    List<Coordinates> coordinates = edge.coordinates();
    out.varint(coordinates.size());
    for (Coordinates at : coordinates) {
      out.string(at.input()).varint(at.partition()).varlong(at.first()).varlong(at.last());
    }
    out.string(edge.dropReason()).string(edge.name());
    out.varlong(edge.deniedReplies()).bool(edge.http() != null);
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
