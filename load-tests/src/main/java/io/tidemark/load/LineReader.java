package io.tidemark.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/**
 * Reads lines as one does who needs five fields by tonight: Jackson binds what has a name in a
 * record and skips the rest; a flow log line is split at its blanks.
 */
interface LineReader {

  /** What a line says; {@code null} if it is none of those that count. */
  Observed read(byte[] line);

  static LineReader of(Feed feed, String format) {
    return feed == Feed.VPC_FLOW ? new FlowLog(List.of(format.split(" ", -1))) : new Hubble();
  }

  /** Hubble's JSON. */
  final class Hubble implements LineReader {
    private static final ObjectReader JSON =
        new ObjectMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .readerFor(Line.class);

    record Line(Flow flow) {}

    record Flow(String time, String verdict, Endpoint source) {}

    record Endpoint(
        String namespace, @JsonProperty("pod_name") String pod, List<Owner> workloads) {}

    record Owner(String name) {}

    @Override
    public Observed read(byte[] line) {
      try {
        Flow flow = JSON.<Line>readValue(line).flow();
        if (flow == null || flow.time() == null) {
          return null;
        }
        return new Observed(
            name(flow.source()),
            Instant.parse(flow.time()).toEpochMilli(),
            0,
            "DROPPED".equals(flow.verdict()));
      } catch (IOException | DateTimeException e) {
        return null;
      }
    }

    /** The controller where it is told, else the pod, else all that are no pods together. */
    private static String name(Endpoint endpoint) {
      if (endpoint == null || endpoint.namespace() == null) {
        return "world";
      }
      String name =
          endpoint.workloads() == null || endpoint.workloads().isEmpty()
              ? endpoint.pod()
              : endpoint.workloads().get(0).name();
      return endpoint.namespace() + "/" + name;
    }
  }

  /** VPC flow logs, in a format that is known. */
  final class FlowLog implements LineReader {
    private final int source;
    private final int start;
    private final int bytes;
    private final int action;
    private final int fields;

    FlowLog(List<String> format) {
      this.source = format.indexOf("srcaddr");
      this.start = format.indexOf("start");
      this.bytes = format.indexOf("bytes");
      this.action = format.indexOf("action");
      this.fields = format.size();
    }

    @Override
    public Observed read(byte[] line) {
      String[] values = new String(line, StandardCharsets.UTF_8).split(" ", -1);
      if (values.length != fields) {
        return null;
      }
      try {
        return new Observed(
            values[source],
            Long.parseLong(values[start]) * 1000,
            Long.parseLong(values[bytes]),
            values[action].equals("REJECT"));
      } catch (NumberFormatException e) {
        // The header line, or an interval without data.
        return null;
      }
    }
  }
}
