package io.tidemark.config;

import io.tidemark.flow.ParserSettings;
import io.tidemark.flow.Source;
import io.tidemark.setting.Setting;
import java.util.List;

/** The sources of flow records. */
public record Sources(
    @Setting("Cilium Hubble, JSON.") EventSourceSettings hubble,
    @Setting("The AWS VPC CNI network policy agent's log.") EventSourceSettings vpcCni,
    @Setting("AWS VPC flow logs, text.") VpcFlowSettings vpcFlow,
    @Setting("The log of CoreDNS: who asked for which name.") EventSourceSettings coredns) {

  public Sources {
    Require.that(
        hubble.enabled() || vpcCni.enabled() || vpcFlow.enabled() || coredns.enabled(),
        "hubble.enabled, vpc-cni.enabled, vpc-flow.enabled or coredns.enabled",
        "must be true",
        "all are false");
  }

  public static Sources defaults() {
    return new Sources(
        EventSourceSettings.defaults(),
        EventSourceSettings.defaults(),
        VpcFlowSettings.defaults(),
        EventSourceSettings.defaults(false));
  }

  public SourceSettings of(Source source) {
    return switch (source) {
      case HUBBLE -> hubble;
      case VPC_CNI -> vpcCni;
      case VPC_FLOW -> vpcFlow;
      case COREDNS -> coredns;
    };
  }

  /** What the parsers of raw records need. */
  public ParserSettings parsing() {
    List<String> fields =
        vpcFlow.format().isEmpty() ? List.of() : List.of(vpcFlow.format().split(" "));
    return new ParserSettings(ParserSettings.DEFAULT.maxBytes(), fields);
  }
}
