package io.tidemark.topology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Peer;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.schemas.Activity;
import io.tidemark.schemas.Contracts;
import io.tidemark.window.Coordinates;
import io.tidemark.window.Edge;
import io.tidemark.window.EdgeKey;
import io.tidemark.window.Fact;
import io.tidemark.window.HttpActivity;
import io.tidemark.window.Totals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way to the activity topic's bytes and back against Avro's own. */
class ActivityFormTest {

  private static final Schema SCHEMA = Activity.getClassSchema();
  private static final SpecificData OURS = SpecificData.getForClass(ToldActivity.class);
  private static final SpecificData AVROS = SpecificData.getForClass(Activity.class);

  @BeforeAll
  static void trust() {
    Contracts.trust();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void trafficIsWrittenAsAvroWritesIt(long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      Activity told = ActivityRecords.of(fact(random)).get(0);
      Activity plain =
          new Activity(
              told.getSource(), told.getPartition(), told.getWindowStart(), told.getFact());

      byte[] ours = bytes(OURS, told);

      assertInstanceOf(ToldActivity.class, told);
      assertArrayEquals(bytes(AVROS, plain), ours, "seed " + seed + ", fact " + i);
      assertArrayEquals(ours, bytes(AVROS, told), "field by field, seed " + seed + ", fact " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void trafficIsReadAsAvroReadsItAndDamagedRecordsAreReadByBothOrByNeither(long seed)
      throws IOException {
    Random random = new Random(seed);
    DatumReader<Activity> ours = reader(OURS);
    DatumReader<Activity> avros = reader(AVROS);
    int readable = 0;
    for (int i = 0; i < 100; i++) {
      byte[] bytes = bytes(AVROS, ActivityRecords.of(fact(random)).get(0));
      for (int change = 0; change < 40; change++) {
        if (change > 0) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }

        Optional<String> expected = read(avros, bytes);
        Optional<String> found = read(ours, bytes);

        readable += expected.isPresent() ? 1 : 0;
        assertEquals(expected, found, "seed " + seed + ", fact " + i + ", change " + change);
      }
    }
    assertTrue(readable > 200, "seed " + seed + ": " + readable);
  }

  @Test
  void theSameNameIsTheSameStringInEveryFact() throws IOException {
    DatumReader<Activity> reader = reader(OURS);
    byte[] bytes = bytes(AVROS, ActivityRecords.of(fact(new Random(7))).get(0));

    Fact.Traffic first = (Fact.Traffic) ActivityRecords.toFact(reader.read(null, decoder(bytes)));
    Fact.Traffic second = (Fact.Traffic) ActivityRecords.toFact(reader.read(null, decoder(bytes)));

    assertSame(first.workload().name(), second.workload().name());
  }

  @Test
  void recordsOfAnotherVersionAreLeftToAvro() {
    Schema other = new Schema.Parser().parse(SCHEMA.toString().replace("edgesOverflowed", "more"));

    assertInstanceOf(ActivityReader.class, OURS.createDatumReader(SCHEMA, SCHEMA));
    assertEquals(
        AVROS.createDatumReader(other, SCHEMA).getClass(),
        OURS.createDatumReader(other, SCHEMA).getClass());
  }

  private static Optional<String> read(DatumReader<Activity> reader, byte[] bytes) {
    try {
      BinaryDecoder in = decoder(bytes);
      Fact fact = ActivityRecords.toFact(reader.read(null, in));
      if (!in.isEnd()) {
        return Optional.empty();
      }
      if (fact instanceof Fact.Traffic traffic) {
        byte[] activity = io.tidemark.window.Activity.CODEC.toBytes(traffic.activity());
        return Optional.of(
            traffic.source()
                + " "
                + traffic.partition()
                + " "
                + traffic.windowStart()
                + " "
                + traffic.workload()
                + " "
                + HexFormat.of().formatHex(activity));
      }
      return Optional.of(fact.toString());
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  @SuppressWarnings("unchecked")
  private static DatumReader<Activity> reader(SpecificData data) {
    return (DatumReader<Activity>) data.createDatumReader(SCHEMA, SCHEMA);
  }

  private static BinaryDecoder decoder(byte[] bytes) {
    return DecoderFactory.get().binaryDecoder(bytes, null);
  }

  private static byte[] bytes(SpecificData data, Activity record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    DatumWriter<Activity> writer = new SpecificDatumWriter<>(SCHEMA, data);
    writer.write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static Fact.Traffic fact(Random random) {
    io.tidemark.window.Activity activity = new io.tidemark.window.Activity();
    activity.mergeKind(random.nextInt(3) == 0 ? null : "~Deployment");
    activity.mergeTotals(totals(random), totals(random), random.nextInt(5) == 0);
    for (int i = random.nextInt(5); i > 0; i--) {
      activity.mergeEdge(Edge.of(edge(random)));
    }
    return new Fact.Traffic(
        Source.values()[random.nextInt(Source.values().length)],
        random.nextInt(200),
        random.nextLong(1L << 45),
        new Workload("harbour", "nämespace", "pay-" + random.nextInt(9)),
        activity);
  }

  private static Totals totals(Random random) {
    return Totals.of(
        new Totals.Facts(
            random.longs(random.nextInt(300)).toArray(),
            random.longs(random.nextInt(3)).toArray(),
            random.longs(random.nextInt(3)).toArray(),
            sums(random),
            sums(random),
            sums(random),
            sums(random),
            sums(random),
            1 + random.nextInt(1000)));
  }

  private static Edge.Facts edge(Random random) {
    List<Coordinates> at = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      at.add(new Coordinates("topic", i, random.nextInt(1000), random.nextLong(1L << 40)));
    }
    Peer.Type[] types = Peer.Type.values();
    return new Edge.Facts(
        new EdgeKey(
            Direction.values()[random.nextInt(2)],
            new Peer(types[random.nextInt(types.length)], "peer-" + random.nextInt(50)),
            random.nextInt(20) - 1,
            random.nextInt(65536)),
        random.longs(random.nextInt(70)).toArray(),
        random.longs(random.nextInt(3)).toArray(),
        random.longs(random.nextInt(3)).toArray(),
        random.longs(random.nextInt(3)).toArray(),
        random.longs(random.nextInt(3)).toArray(),
        sums(random),
        sums(random),
        sums(random),
        sums(random),
        sums(random),
        random.nextInt(1000),
        random.nextInt(10),
        random.nextBoolean() ? List.of("pod-1") : List.of("pod-1", "pod-2@t", "pöd"),
        at,
        random.nextInt(4) == 0 ? "POLICY_DENIED" : null,
        random.nextInt(4) == 0 ? "x".repeat(random.nextInt(200)) + ".example" : null,
        random.nextInt(3),
        random.nextInt(3) > 0 ? null : http(random));
  }

  private static HttpActivity.Facts http(Random random) {
    return new HttpActivity.Facts(
        random.longs(21, 0, 100).toArray(),
        new long[][] {{}, {1, 2, random.nextInt(9)}, {0, random.nextInt(300)}});
  }

  private static long[] sums(Random random) {
    return random.nextInt(3) > 0 ? new long[3] : random.longs(3, 0, 1L << 40).toArray();
  }
}
