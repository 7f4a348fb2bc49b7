package io.tidemark.flow;

/** Makes parsers. A parser is not thread-safe and belongs to one input partition. */
public final class FlowParsers {

  private FlowParsers() {}

  /** A parser for a stream that holds one source's records only. */
  public static FlowParser of(Source source, ParserSettings settings) {
    return switch (source) {
      case HUBBLE -> new HubbleParser(settings.maxBytes());
      case VPC_CNI -> new PolicyAgentParser(settings.maxBytes());
      case VPC_FLOW -> new VpcFlowParser(settings.vpcFlowFields(), settings.maxBytes());
      case COREDNS -> new CoreDnsParser(settings.maxBytes());
    };
  }

  /** A parser that decides record by record, for streams of mixed or undeclared source. */
  public static FlowParser detecting(ParserSettings settings) {
    return new DetectingParser(settings);
  }
}
