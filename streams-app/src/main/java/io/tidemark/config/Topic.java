package io.tidemark.config;

/** The public topics. */
public enum Topic {
  RAW_HUBBLE("raw.hubble"),
  RAW_VPC_CNI("raw.vpc-cni"),
  RAW_VPC_FLOW("raw.vpc-flow"),
  WORKLOADS("workloads"),
  CONTROL("control"),
  ACTIVITY("activity"),
  FINDINGS("findings"),
  ALERTS("alerts"),
  SHADOW("shadow"),
  BASELINES("baselines"),
  DLQ("dlq"),
  RAW_COREDNS("raw.coredns");

  private final String suffix;

  Topic(String suffix) {
    this.suffix = suffix;
  }

  /** What follows the prefix and a dot in the topic's default name. */
  public String suffix() {
    return suffix;
  }
}
