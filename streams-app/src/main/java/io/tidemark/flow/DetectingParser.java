package io.tidemark.flow;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Decides record by record which source wrote it, and lets that source's parser read it. */
final class DetectingParser implements FlowParser {

  private static final int SHOWN = 120;

  private final int maxBytes;
  private final HubbleParser hubble;
  private final PolicyAgentParser policyAgent;
  private final VpcFlowParser vpcFlow;
  private final CoreDnsParser coreDns;

  DetectingParser(ParserSettings settings) {
    this.maxBytes = settings.maxBytes();
    this.hubble = new HubbleParser(maxBytes);
    this.policyAgent = new PolicyAgentParser(maxBytes);
    this.vpcFlow = new VpcFlowParser(settings.vpcFlowFields(), maxBytes);
    this.coreDns = new CoreDnsParser(maxBytes);
  }

  @Override
  public Parsed parse(byte[] value, long recordTime) {
    Parsed refused = RawRecord.refused(value, maxBytes);
    if (refused != null) {
      return refused;
    }
    Optional<Source> source = SourceDetection.ofRecord(value, vpcFlow);
    if (source.isEmpty()) {
      return unrecognised(value);
    }
    return switch (source.get()) {
      case HUBBLE -> hubble.parse(value, recordTime);
      case VPC_CNI -> policyAgent.parse(value, recordTime);
      case VPC_FLOW -> vpcFlow.parse(value, recordTime);
      case COREDNS -> coreDns.parse(value, recordTime);
    };
  }

  private static Parsed unrecognised(byte[] value) {
    int start = RawRecord.contentStart(value);
    int length = Math.min(SHOWN, value.length - start);
    String shown = new String(value, start, length, StandardCharsets.UTF_8);
    return Rejection.unrecognised("no source's format: " + shown).toBad();
  }

  /** Only VPC flow logs have something to remember. */
  @Override
  public String memory() {
    return vpcFlow.memory();
  }

  @Override
  public void restore(String memory) {
    vpcFlow.restore(memory);
  }
}
