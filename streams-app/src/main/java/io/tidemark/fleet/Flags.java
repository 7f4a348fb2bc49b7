package io.tidemark.fleet;

/** TCP flags of a packet as the exporter writes them; {@link #NONE} stands for UDP. */
@SuppressWarnings("ImmutableEnumChecker") // its arrays are only read once made
enum Flags {
  NONE("", "UDP"),
  SYN("\"SYN\":true", "TCP Flags: SYN"),
  SYN_ACK("\"SYN\":true,\"ACK\":true", "TCP Flags: SYN, ACK"),
  ACK_PSH("\"PSH\":true,\"ACK\":true", "TCP Flags: ACK, PSH"),
  ACK_FIN("\"FIN\":true,\"ACK\":true", "TCP Flags: ACK, FIN"),
  ACK_RST("\"RST\":true,\"ACK\":true", "TCP Flags: ACK, RST");

  private final byte[] json;
  private final byte[] summary;

  Flags(String json, String summary) {
    this.json = Node.ascii(json.isEmpty() ? "" : ",\"flags\":{" + json + "}");
    this.summary = Node.ascii(summary);
  }

  byte[] json() {
    return json;
  }

  byte[] summary() {
    return summary;
  }
}
