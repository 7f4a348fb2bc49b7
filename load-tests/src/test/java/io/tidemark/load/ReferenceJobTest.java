package io.tidemark.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tidemark.fleet.Fleet;
import io.tidemark.fleet.FleetSpec;
import io.tidemark.fleet.FleetTraffic;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.Parsed;
import io.tidemark.flow.ParserSettings;
import io.tidemark.flow.Source;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.kstream.WindowedSerdes;
import org.junit.jupiter.api.Test;

/** What Tidemark is compared with must do what it says, and no less than that. */
class ReferenceJobTest {

  private static final long START = Instant.parse("2026-01-05T08:00:00Z").toEpochMilli();
  private static final String FORMAT = "version srcaddr bytes start action";

  private static byte[] line(String workload, String time, String verdict) {
    return ("{\"flow\":{\"time\":\"%s\",\"verdict\":\"%s\",\"IP\":{\"source\":\"10.0.0.1\"},"
            + "\"source\":{\"namespace\":\"shop\",\"pod_name\":\"%s-7f9-x2x\","
            + "\"workloads\":[{\"name\":\"%s\",\"kind\":\"Deployment\"}]}},\"node_name\":\"n\"}")
        .formatted(time, verdict, workload, workload)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Totals> run(LineReader reader, Iterable<byte[]> lines) {
    Map<String, Totals> last = new HashMap<>();
    try (TopologyTestDriver driver =
        new TopologyTestDriver(
            ReferenceJob.topology("lines", "totals", reader), new Properties())) {
      TestInputTopic<byte[], byte[]> in =
          driver.createInputTopic("lines", new ByteArraySerializer(), new ByteArraySerializer());
      TestOutputTopic<Windowed<String>, Totals> out =
          driver.createOutputTopic(
              "totals",
              WindowedSerdes.timeWindowedSerdeFrom(String.class, ReferenceJob.WINDOW.toMillis())
                  .deserializer(),
              Packed.totals().deserializer());
      lines.forEach(in::pipeInput);
      for (KeyValue<Windowed<String>, Totals> each : out.readKeyValuesToList()) {
        long minute = (each.key.window().start() - START) / ReferenceJob.WINDOW.toMillis();
        last.put(each.key.key() + "@" + minute, each.value);
      }
    }
    return last;
  }

  @Test
  void linesAreCountedPerWorkloadAndMinuteOfEventTime() {
    var lines =
        java.util.List.of(
            line("web", "2026-01-05T08:00:10Z", "FORWARDED"),
            line("web", "2026-01-05T08:01:10.5Z", "DROPPED"),
            line("cart", "2026-01-05T08:00:59.999Z", "FORWARDED"),
            line("web", "2026-01-05T08:00:00Z", "DROPPED"),
            "not a flow".getBytes(StandardCharsets.UTF_8),
            "{\"lost_events\":{}}".getBytes(StandardCharsets.UTF_8));

    Map<String, Totals> totals = run(new LineReader.Hubble(), lines);

    assertEquals(
        Map.of(
            "shop/web@0", new Totals(2, 0, 1),
            "shop/web@1", new Totals(1, 0, 1),
            "shop/cart@0", new Totals(1, 0, 0)),
        totals);
  }

  @Test
  void bytesOfFlowLogLinesAreAddedUp() {
    long start = START / 1000;
    var lines =
        java.util.List.of(
            ("5 10.0.0.1 100 " + start + " ACCEPT").getBytes(StandardCharsets.UTF_8),
            ("5 10.0.0.1 20 " + (start + 59) + " REJECT").getBytes(StandardCharsets.UTF_8),
            ("5 10.0.0.1 - " + start + " -").getBytes(StandardCharsets.UTF_8),
            FORMAT.getBytes(StandardCharsets.UTF_8));

    Map<String, Totals> totals = run(LineReader.of(Feed.VPC_FLOW, FORMAT), lines);

    assertEquals(Map.of("10.0.0.1@0", new Totals(2, 120, 1)), totals);
  }

  /** Else it would be spared work that Tidemark does. */
  @Test
  void everyLineThatTidemarkParsesIsReadHereToo() {
    FlowParser parser = FlowParsers.of(Source.HUBBLE, ParserSettings.DEFAULT);
    LineReader reader = new LineReader.Hubble();
    FleetTraffic traffic =
        new FleetTraffic(Fleet.of(FleetSpec.of(5).withIntensity(5)), START, START + 60_000);

    int flows = 0;
    while (traffic.hasNext()) {
      byte[] line = traffic.next().json();
      if (parser.parse(line, FlowParser.NO_TIME) instanceof Parsed.Of of) {
        flows++;
        assertEquals(
            of.flow().time(), reader.read(line).time(), new String(line, StandardCharsets.UTF_8));
      }
    }

    assertEquals(true, flows > 500, "flows: " + flows);
  }

  @Test
  void whatHasNoValueIsNoLine() {
    assertNull(new LineReader.Hubble().read("{}".getBytes(StandardCharsets.UTF_8)));
    assertNull(LineReader.of(Feed.VPC_FLOW, FORMAT).read(new byte[0]));
  }
}
