package io.tidemark.fleet;

/** An end that is no pod: the world, the control plane, a node, or an address nobody owns. */
final class Outside implements Side {
  private static final byte[] WORLD =
      Node.ascii("{\"identity\":2,\"labels\":[\"reserved:world\"]}");
  private static final byte[] HOST = Node.ascii("{\"identity\":1,\"labels\":[\"reserved:host\"]}");
  private static final byte[] REMOTE_NODE =
      Node.ascii("{\"identity\":6,\"labels\":[\"reserved:remote-node\"]}");
  private static final byte[] API_SERVER =
      Node.ascii("{\"identity\":7,\"labels\":[\"reserved:kube-apiserver\"]}");

  private final byte[] address;
  private final byte[] json;
  private final byte[] domain;
  private final Node host;

  private Outside(String address, byte[] json, String domain, Node host) {
    this.address = Node.ascii(address);
    this.json = json;
    this.domain = domain == null ? null : Node.ascii(domain);
    this.host = host;
  }

  /** An address outside the cluster, with the domain its callers resolved or {@code null}. */
  static Outside world(String address, String domain) {
    return new Outside(address, WORLD, domain, null);
  }

  static Outside apiServer(String address) {
    return new Outside(address, API_SERVER, null, null);
  }

  static Outside host(Node node) {
    return new Outside(node.address(), null, null, node);
  }

  @Override
  public byte[] address() {
    return address;
  }

  @Override
  public byte[] json(Node observer) {
    return host == null ? json : observer == host ? HOST : REMOTE_NODE;
  }

  @Override
  public Node home() {
    return host;
  }

  @Override
  public byte[] domain() {
    return domain;
  }
}
