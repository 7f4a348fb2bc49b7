package io.tidemark.flow;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells from its first lines which source wrote a file or topic. */
public final class SourceDetection {

  /** An envelope, and in it one shipper's object. */
  private static final int MAX_DEPTH = 2;

  private SourceDetection() {}

  /**
   * The source that most of these lines belong to, the earlier one where two have as many; empty
   * when none is recognised.
   *
   * @param lines the first lines, without line ends; blank ones count for nothing
   * @param settings what the parsers will be made with
   */
  public static Optional<Source> detect(List<byte[]> lines, ParserSettings settings) {
    VpcFlowParser vpcFlow = new VpcFlowParser(settings.vpcFlowFields(), settings.maxBytes());
    Map<Source, Integer> votes = new EnumMap<>(Source.class);
    Source best = null;
    for (byte[] line : lines) {
      if (RawRecord.refused(line, settings.maxBytes()) != null) {
        continue;
      }
      Source source = ofRecord(line, vpcFlow).orElse(null);
      if (source == Source.VPC_FLOW) {
        vpcFlow.parse(line, FlowParser.NO_TIME);
      }
      if (source != null) {
        int count = votes.merge(source, 1, Integer::sum);
        best = best == null || count > votes.get(best) ? source : best;
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * The source of one raw record that {@link RawRecord#refused} lets pass; empty when it is not
   * recognised.
   *
   * @param vpcFlow knows the order of fields in force, without which its lines look like nothing
   */
  static Optional<Source> ofRecord(byte[] value, VpcFlowParser vpcFlow) {
    return Optional.ofNullable(of(value, vpcFlow, 0));
  }

  private static Source of(byte[] value, VpcFlowParser vpcFlow, int depth) {
    int start = Unwrap.cri(value, RawRecord.contentStart(value)).start();
    if (start < value.length && value[start] == '{') {
      try (JsonParser p = JsonFields.open(value, start)) {
        p.nextToken();
        return ofObject(p, vpcFlow, depth);
      } catch (IOException e) {
        // Cut or not JSON after all, before any field that tells.
        return null;
      }
    }
    int end = start;
    while (end < value.length && value[end] != '\n') {
      end++;
    }
    return ofText(new String(value, start, end - start, StandardCharsets.UTF_8).strip(), vpcFlow);
  }

  private static Source ofText(String line, VpcFlowParser vpcFlow) {
    if (PolicyAgentParser.isFlowText(line)) {
      return Source.VPC_CNI;
    }
    if (CoreDnsParser.isQueryText(line)) {
      return Source.COREDNS;
    }
    return vpcFlow.recognises(line) ? Source.VPC_FLOW : null;
  }

  /** By the first field that only one source has. */
  private static Source ofObject(JsonParser p, VpcFlowParser vpcFlow, int depth)
      throws IOException {
    boolean control = false;
    while (p.nextToken() == JsonToken.FIELD_NAME) {
      String name = p.currentName();
      JsonToken token = p.nextToken();
      if (HubbleParser.isTelling(name)) {
        return Source.HUBBLE;
      }
      Source source = null;
      if (name.equals("msg") && token == JsonToken.VALUE_STRING) {
        return Source.VPC_CNI;
      } else if (name.equals("messageType") && token == JsonToken.VALUE_STRING) {
        control = p.getText().equals("CONTROL_MESSAGE");
      } else if (depth < MAX_DEPTH && name.equals("logEvents") && token == JsonToken.START_ARRAY) {
        source = control ? null : ofEvents(p, vpcFlow, depth);
      } else if (depth < MAX_DEPTH && Unwrap.isCarrierField(name)) {
        source = ofCarried(p, vpcFlow, depth);
      }
      if (source != null) {
        return source;
      }
      p.skipChildren();
    }
    // A health probe comes alike from every subscription; any parser that knows it will do.
    return control ? Source.VPC_FLOW : null;
  }

  private static Source ofCarried(JsonParser p, VpcFlowParser vpcFlow, int depth)
      throws IOException {
    if (p.currentToken() == JsonToken.VALUE_STRING) {
      return of(p.getText().getBytes(StandardCharsets.UTF_8), vpcFlow, depth + 1);
    }
    return p.currentToken() == JsonToken.START_OBJECT ? ofObject(p, vpcFlow, depth + 1) : null;
  }

  private static Source ofEvents(JsonParser p, VpcFlowParser vpcFlow, int depth)
      throws IOException {
    while (p.nextToken() != JsonToken.END_ARRAY) {
      if (p.currentToken() == JsonToken.START_OBJECT) {
        Source source = ofObject(p, vpcFlow, depth + 1);
        if (source != null) {
          return source;
        }
      }
    }
    return null;
  }
}
