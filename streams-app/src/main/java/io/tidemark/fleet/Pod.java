package io.tidemark.fleet;

import java.util.Locale;

/** One pod, alive until it is stopped; what it said before stays true. */
final class Pod implements Side {
  private final Workload workload;
  private final String name;
  private final Node node;
  private final int slot;
  private final byte[] address;
  private final byte[] localJson;
  private final byte[] remoteJson;
  private final byte[] ethernetIn;
  private final byte[] ethernetOut;
  private final byte[] interfaceJson;
  private final boolean probesReadEgress;
  private boolean alive = true;

  Pod(FleetSpec spec, Workload workload, String name, Node node, int slot, Dice dice) {
    this.workload = workload;
    this.name = name;
    this.node = node;
    this.slot = slot;
    this.address = Node.ascii(node.podAddress(slot));
    int id = dice.between(16, 4_096);
    String shared = shared(spec, workload, name);
    this.remoteJson = Node.ascii("{" + shared + "}");
    this.localJson =
        Node.ascii(
            String.format(
                Locale.ROOT,
                "{\"ID\":%d,%s,\"workloads\":[{\"name\":\"%s\",\"kind\":\"%s\"}]}",
                id,
                shared,
                workload.name(),
                workload.kind()));
    String own = Names.mac(dice);
    String veth = Names.mac(dice);
    this.ethernetIn = ethernet(veth, own);
    this.ethernetOut = ethernet(own, veth);
    this.interfaceJson =
        Node.ascii(
            "\"interface\":{\"index\":"
                + (2 * slot + 12)
                + ",\"name\":\"lxc"
                + Names.hex(12, dice)
                + "\"},");
    this.probesReadEgress = dice.chance(0.2);
  }

  private static String shared(FleetSpec spec, Workload workload, String name) {
    return "\"identity\":"
        + workload.identity()
        + ",\"cluster_name\":\""
        + spec.cluster()
        + "\",\"namespace\":\""
        + workload.namespace()
        + "\",\"labels\":[\""
        + String.join("\",\"", workload.labels())
        + "\"],\"pod_name\":\""
        + name
        + "\"";
  }

  private static byte[] ethernet(String source, String destination) {
    return Node.ascii(
        "\"ethernet\":{\"source\":\"" + source + "\",\"destination\":\"" + destination + "\"},");
  }

  Workload workload() {
    return workload;
  }

  String name() {
    return name;
  }

  int slot() {
    return slot;
  }

  boolean alive() {
    return alive;
  }

  void stop() {
    alive = false;
  }

  /** Frames that reach the pod. */
  byte[] ethernetIn() {
    return ethernetIn;
  }

  /** Frames that leave the pod. */
  byte[] ethernetOut() {
    return ethernetOut;
  }

  byte[] interfaceJson() {
    return interfaceJson;
  }

  /** Whether the agent mistakes the kubelet's probes of this pod for egress, as agents do. */
  boolean probesReadEgress() {
    return probesReadEgress;
  }

  @Override
  public byte[] address() {
    return address;
  }

  @Override
  public byte[] json(Node observer) {
    return observer == node ? localJson : remoteJson;
  }

  @Override
  public Node home() {
    return node;
  }

  @Override
  public byte[] domain() {
    return null;
  }
}
