package io.tidemark.fleet;

import java.nio.charset.StandardCharsets;

/** A node of the cluster: where pods live and who writes the records. */
final class Node {
  private final int index;
  private final String name;
  private final String address;
  private final String mac;
  private final long lagNanos;
  private final byte[] nameJson;
  private final byte[] labelsJson;

  Node(FleetSpec spec, int index) {
    Dice dice = Dice.of(spec.seed(), "node " + index);
    this.index = index;
    this.address = "10.0." + (1 + index / 200) + "." + (20 + index % 200);
    this.name = "ip-" + address.replace('.', '-') + ".eu-west-1.compute.internal";
    this.mac = Names.mac(dice);
    this.lagNanos = dice.below(600) * 1_000_000L;
    this.nameJson = ascii("\"" + name + "\"");
    this.labelsJson = ascii(labels());
  }

  private String labels() {
    return "[\"kubernetes.io/arch=amd64\",\"kubernetes.io/hostname="
        + name
        + "\",\"kubernetes.io/os=linux\",\"node.kubernetes.io/instance-type=m6i.2xlarge\","
        + "\"topology.kubernetes.io/region=eu-west-1\",\"topology.kubernetes.io/zone=eu-west-1"
        + (char) ('a' + index % 3)
        + "\"]";
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  int index() {
    return index;
  }

  String name() {
    return name;
  }

  String address() {
    return address;
  }

  String mac() {
    return mac;
  }

  /** How much later than others this node's records reach the stream, below one second. */
  long lagNanos() {
    return lagNanos;
  }

  /** Address of the n-th pod slot of this node, n in [0, 252): each node owns a /24. */
  String podAddress(int slot) {
    return "10." + (64 + index / 256) + "." + index % 256 + "." + (slot + 2);
  }

  byte[] nameJson() {
    return nameJson;
  }

  byte[] labelsJson() {
    return labelsJson;
  }
}
