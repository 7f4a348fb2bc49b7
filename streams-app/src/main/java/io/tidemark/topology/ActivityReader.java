package io.tidemark.topology;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Peer;
import io.tidemark.flow.Source;
import io.tidemark.flow.Vantage;
import io.tidemark.flow.Workload;
import io.tidemark.schemas.Activity;
import io.tidemark.schemas.Http;
import io.tidemark.schemas.PeerType;
import io.tidemark.schemas.Traffic;
import io.tidemark.window.Coordinates;
import io.tidemark.window.Edge;
import io.tidemark.window.EdgeKey;
import io.tidemark.window.Fact;
import io.tidemark.window.Totals;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.Decoder;
import org.apache.avro.specific.SpecificDatumReader;

/**
 * Reads records of the activity topic from Avro's binary form: traffic straight into facts, all
 * else as Avro does. Only for records that were written with the fields that this version has, in
 * their order. What a damaged record can cost is bounded by its length, as lists grow with what is
 * read of them.
 */
final class ActivityReader implements DatumReader<Activity> {

  private static final long FORM =
      SchemaNormalization.parsingFingerprint64(Activity.getClassSchema());
  private static final List<Schema> KINDS =
      Activity.getClassSchema().getField("fact").schema().getTypes();
  private static final int TRAFFIC = ActivityWriter.branch(Traffic.getClassSchema());
  private static final int VANTAGES = Vantage.values().length;
  private static final long[] NONE = {};

  private final List<SpecificDatumReader<Object>> others = new ArrayList<>();
  private final SpecificDatumReader<Http> http = new SpecificDatumReader<>(Http.class);
  private final TextReader texts = new TextReader();
  private ByteBuffer bytes = ByteBuffer.allocate(64 * Long.BYTES);

  ActivityReader() {
    for (Schema kind : KINDS) {
      others.add(new SpecificDatumReader<>(kind));
    }
  }

  /** Whether records of this schema have the form that is read here. */
  static boolean reads(Schema writer) {
    return SchemaNormalization.parsingFingerprint64(writer) == FORM;
  }

  @Override
  public void setSchema(Schema schema) {
    throw new UnsupportedOperationException("the form is fixed");
  }

  @Override
  public Activity read(Activity reuse, Decoder in) throws IOException {
    String source = texts.read(in);
    int partition = in.readInt();
    long start = in.readLong();
    int kind = in.readIndex();
    if (kind < 0 || kind >= KINDS.size()) {
      throw new AvroTypeException("fact of kind " + kind + " of " + KINDS.size());
    }
    Source known = Source.of(source).orElse(null);
    if (kind != TRAFFIC || known == null) {
      return new Activity(
          source, partition, Instant.ofEpochMilli(start), others.get(kind).read(null, in));
    }
    return new ToldActivity(traffic(known, partition, start, in));
  }

  private Fact.Traffic traffic(Source source, int partition, long start, Decoder in)
      throws IOException {
    Workload workload = new Workload(texts.read(in), texts.read(in), texts.read(in));
    io.tidemark.window.Activity activity = new io.tidemark.window.Activity();
    activity.mergeKind(optional(in));
    Totals egress = totals(in);
    Totals ingress = totals(in);
    for (long left = in.readArrayStart(); left != 0; left = in.arrayNext()) {
      for (long i = 0; i < left; i++) {
        Edge edge = edge(in);
        if (edge.coordinates().size() > 1) {
          // Merging puts them in order, whoever wrote them.
          activity.mergeEdge(edge);
        } else {
          activity.take(edge);
        }
      }
    }
    activity.mergeTotals(egress, ingress, in.readBoolean());
    return new Fact.Traffic(source, partition, start, workload, activity);
  }

  private Totals totals(Decoder in) throws IOException {
    return Totals.of(
        new Totals.Facts(
            hashes(in),
            hashes(in),
            hashes(in),
            longs(in),
            longs(in),
            longs(in),
            longs(in),
            longs(in),
            in.readLong()));
  }

  private Edge edge(Decoder in) throws IOException {
    Direction direction = direction(in.readEnum());
    Peer peer = new Peer(type(in.readEnum()), texts.read(in));
    EdgeKey key = new EdgeKey(direction, peer, in.readInt(), in.readInt());
    return Edge.of(
        new Edge.Facts(
            key,
            hashes(in),
            hashes(in),
            hashes(in),
            hashes(in),
            hashes(in),
            longs(in),
            longs(in),
            longs(in),
            longs(in),
            longs(in),
            in.readLong(),
            in.readLong(),
            pods(in),
            coordinates(in),
            optional(in),
            optional(in),
            in.readLong(),
            isThere(in) ? HttpRecords.facts(http.read(null, in)) : null));
  }

  private List<String> pods(Decoder in) throws IOException {
    List<String> pods = new ArrayList<>(1);
    for (long left = in.readArrayStart(); left != 0; left = in.arrayNext()) {
      for (long i = 0; i < left; i++) {
        pods.add(texts.read(in));
      }
    }
    return pods;
  }

  private List<Coordinates> coordinates(Decoder in) throws IOException {
    List<Coordinates> ranges = new ArrayList<>(1);
    for (long left = in.readArrayStart(); left != 0; left = in.arrayNext()) {
      for (long i = 0; i < left; i++) {
        ranges.add(new Coordinates(texts.read(in), in.readInt(), in.readLong(), in.readLong()));
      }
    }
    return ranges;
  }

  private String optional(Decoder in) throws IOException {
    return isThere(in) ? texts.read(in) : null;
  }

  /** Reads which branch of a union with null it is. */
  private static boolean isThere(Decoder in) throws IOException {
    int branch = in.readIndex();
    if (branch < 0 || branch > 1) {
      throw new AvroTypeException("branch " + branch + " of 2");
    }
    return branch == 1;
  }

  /** As many as there are vantages; a writer that knows more of them is not understood there. */
  private static long[] longs(Decoder in) throws IOException {
    long[] values = new long[VANTAGES];
    int at = 0;
    for (long left = in.readArrayStart(); left != 0; left = in.arrayNext()) {
      for (long i = 0; i < left; i++) {
        long value = in.readLong();
        if (at < VANTAGES) {
          values[at++] = value;
        }
      }
    }
    return values;
  }

  private long[] hashes(Decoder in) throws IOException {
    bytes = in.readBytes(bytes);
    int count = bytes.remaining() / Long.BYTES;
    if (count == 0) {
      return NONE;
    }
    long[] hashes = new long[count];
    for (int i = 0; i < count; i++) {
      hashes[i] = bytes.getLong(i * Long.BYTES);
    }
    return hashes;
  }

  private static Direction direction(int symbol) {
    if (symbol == io.tidemark.schemas.Direction.EGRESS.ordinal()) {
      return Direction.EGRESS;
    }
    if (symbol == io.tidemark.schemas.Direction.INGRESS.ordinal()) {
      return Direction.INGRESS;
    }
    throw new IllegalArgumentException("unknown direction: " + symbol);
  }

  private static Peer.Type type(int symbol) {
    PeerType[] types = PeerType.values();
    if (symbol < 0 || symbol >= types.length) {
      throw new IllegalArgumentException("unknown type of peer: " + symbol);
    }
    return Peer.Type.valueOf(types[symbol].name());
  }
}
