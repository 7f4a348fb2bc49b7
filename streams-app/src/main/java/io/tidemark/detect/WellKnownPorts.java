package io.tidemark.detect;

import java.util.BitSet;

/** Which TCP ports honest software is known to call again and again. */
final class WellKnownPorts {

  /**
   * Above 1023, after IANA's registry and what the software is shipped with: proxies and web
   * servers, mail, messaging and push services, databases, queues, monitoring, remote desktops. A
   * port that is missing here costs, at worst, an alert on a workload's first day.
   */
  private static final int[] REGISTERED = {
    1080, 1194, 1433, 1521, 1723, 1883, 1935, 2049, 2181, 2375, 2376, 2379, 2380, 3000, 3128, 3268,
    3269, 3306, 3389, 3478, 3479, 3480, 3690, 4317, 4318, 5000, 5060, 5061, 5222, 5223, 5228, 5229,
    5230, 5269, 5349, 5432, 5601, 5671, 5672, 5938, 5984, 5985, 5986, 6379, 6380, 6443, 7000, 7070,
    7687, 8000, 8008, 8009, 8080, 8081, 8086, 8089, 8123, 8200, 8333, 8443, 8500, 8530, 8531, 8834,
    8883, 9000, 9042, 9090, 9091, 9092, 9093, 9094, 9100, 9200, 9300, 9418, 9443, 9997, 10050,
    10051, 10250, 11211, 15672, 19302, 26257, 27015, 27017, 27018, 27019, 28015, 50051
  };

  private static final BitSet POLLED = new BitSet(65_536);

  static {
    POLLED.set(0, 1024);
    for (int port : REGISTERED) {
      POLLED.set(port);
    }
  }

  private WellKnownPorts() {}

  static boolean polled(int port) {
    return POLLED.get(port);
  }
}
