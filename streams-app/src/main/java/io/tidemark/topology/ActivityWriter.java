package io.tidemark.topology;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Peer;
import io.tidemark.schemas.Activity;
import io.tidemark.schemas.Http;
import io.tidemark.schemas.PeerType;
import io.tidemark.schemas.Traffic;
import io.tidemark.window.Coordinates;
import io.tidemark.window.Edge;
import io.tidemark.window.Fact;
import io.tidemark.window.Totals;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Writes traffic in Avro's binary form, field by field in the order of the schema: to the byte what
 * Avro writes of {@link ActivityRecords#traffic}, in a third of the time.
 */
final class ActivityWriter {

  private static final int TRAFFIC = branch(Traffic.getClassSchema());
  private static final SpecificDatumWriter<Http> HTTP = new SpecificDatumWriter<>(Http.class);

  private final Encoder out;
  private byte[] scratch = new byte[64 * Long.BYTES];

  ActivityWriter(Encoder out) {
    this.out = out;
  }

  /** Which branch of the fact's union a kind of fact is. */
  static int branch(Schema kind) {
    return Activity.getClassSchema().getField("fact").schema().getIndexNamed(kind.getFullName());
  }

  void write(Fact.Traffic fact) throws IOException {
    out.writeString(fact.source().id());
    out.writeInt(fact.partition());
    out.writeLong(fact.windowStart());
    out.writeIndex(TRAFFIC);
    out.writeString(fact.workload().cluster());
    out.writeString(fact.workload().namespace());
    out.writeString(fact.workload().name());
    optional(fact.activity().kind());
    totals(fact.activity().egress().facts());
    totals(fact.activity().ingress().facts());
    Collection<Edge> edges = fact.activity().edges().values();
    out.writeArrayStart();
    out.setItemCount(edges.size());
    for (Edge edge : edges) {
      out.startItem();
      edge(edge.facts());
    }
    out.writeArrayEnd();
    out.writeBoolean(fact.activity().edgesOverflowed());
  }

  private void totals(Totals.Facts facts) throws IOException {
    hashes(facts.connections());
    hashes(facts.opened());
    hashes(facts.denied());
    longs(facts.bytesOut());
    longs(facts.bytesIn());
    longs(facts.packetsOut());
    longs(facts.packetsIn());
    longs(facts.aggregated());
    out.writeLong(facts.records());
  }

  private void edge(Edge.Facts facts) throws IOException {
    out.writeEnum(direction(facts.key().direction()).ordinal());
    out.writeEnum(type(facts.key().peer().type()).ordinal());
    out.writeString(facts.key().peer().id());
    out.writeInt(facts.key().protocol());
    out.writeInt(facts.key().port());
    hashes(facts.connections());
    hashes(facts.opened());
    hashes(facts.answered());
    hashes(facts.refused());
    hashes(facts.denied());
    longs(facts.bytesToServer());
    longs(facts.bytesToClient());
    longs(facts.packetsToServer());
    longs(facts.packetsToClient());
    longs(facts.aggregated());
    out.writeLong(facts.records());
    out.writeLong(facts.deniedRecords());
    pods(facts.pods());
    coordinates(facts.coordinates());
    optional(facts.dropReason());
    optional(facts.name());
    out.writeLong(facts.deniedReplies());
    out.writeIndex(facts.http() == null ? 0 : 1);
    if (facts.http() == null) {
      out.writeNull();
    } else {
      HTTP.write(HttpRecords.http(facts.http()), out);
    }
  }

  private void pods(List<String> pods) throws IOException {
    out.writeArrayStart();
    out.setItemCount(pods.size());
    for (String pod : pods) {
      out.startItem();
      out.writeString(pod);
    }
    out.writeArrayEnd();
  }

  private void coordinates(List<Coordinates> ranges) throws IOException {
    out.writeArrayStart();
    out.setItemCount(ranges.size());
    for (Coordinates at : ranges) {
      out.startItem();
      out.writeString(at.input());
      out.writeInt(at.partition());
      out.writeLong(at.first());
      out.writeLong(at.last());
    }
    out.writeArrayEnd();
  }

  private void optional(String text) throws IOException {
    out.writeIndex(text == null ? 0 : 1);
    if (text == null) {
      out.writeNull();
    } else {
      out.writeString(text);
    }
  }

  private void longs(long[] values) throws IOException {
    out.writeArrayStart();
    out.setItemCount(values.length);
    for (long value : values) {
      out.startItem();
      out.writeLong(value);
    }
    out.writeArrayEnd();
  }

  private void hashes(long[] hashes) throws IOException {
    int length = hashes.length * Long.BYTES;
    if (length > scratch.length) {
      scratch = new byte[length];
    }
    ByteBuffer bytes = ByteBuffer.wrap(scratch);
    for (long hash : hashes) {
      bytes.putLong(hash);
    }
    out.writeBytes(scratch, 0, length);
  }

  private static io.tidemark.schemas.Direction direction(Direction direction) {
    return switch (direction) {
      case EGRESS -> io.tidemark.schemas.Direction.EGRESS;
      case INGRESS -> io.tidemark.schemas.Direction.INGRESS;
    };
  }

  private static PeerType type(Peer.Type type) {
    return switch (type) {
      case WORKLOAD -> PeerType.WORKLOAD;
      case DOMAIN -> PeerType.DOMAIN;
      case RANGE -> PeerType.RANGE;
      case ADDRESS -> PeerType.ADDRESS;
    };
  }
}
