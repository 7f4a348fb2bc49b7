package io.tidemark.flow;

import static io.tidemark.flow.ParserFixtures.TIME;

/** Hubble JSON in small pieces, written from the schema. */
final class HubbleJson {

  static final String SHOP =
      "{\"ID\":7,\"identity\":4711,\"cluster_name\":\"east\",\"namespace\":\"shop\","
          + "\"labels\":[\"k8s:app=cart\",\"k8s:app.kubernetes.io/name=cart-api\","
          + "\"k8s:k8s-app=other\"],\"pod_name\":\"cart-5d4f-abcde\","
          + "\"workloads\":[{\"name\":\"cart\",\"kind\":\"Deployment\"},{\"name\":\"x\"}]}";
  static final String DB =
      "{\"identity\":4712,\"namespace\":\"data\","
          + "\"labels\":[\"k8s:io.cilium.k8s.policy.cluster=west\"],\"pod_name\":\"db-0\"}";

  private HubbleJson() {}

  static String ids(String which) {
    return "\"source\":{"
        + (which.contains("S") ? "\"ID\":1," : "")
        + "\"pod_name\":\"a\"},\"destination\":{"
        + (which.contains("D") ? "\"ID\":2," : "")
        + "\"pod_name\":\"b\"}";
  }

  /** Fields of a flow from SHOP 10.0.0.1:40000 to DB 10.0.0.2:5432, without braces. */
  static String fields(String more) {
    return "\"time\":\""
        + TIME
        + "\",\"IP\":{\"source\":\"10.0.0.1\",\"destination\":\"10.0.0.2\",\"ipVersion\":\"IPv4\"}"
        + (more.contains("\"l4\"")
            ? ""
            : ",\"l4\":{\"TCP\":{\"source_port\":40000,\"destination_port\":5432}}")
        + (more.contains("\"source\":") ? "" : ",\"source\":" + SHOP)
        + (more.contains("\"destination\":") ? "" : ",\"destination\":" + DB)
        + (more.isEmpty() ? "" : "," + more);
  }

  static String envelope(String more) {
    return "{\"flow\":{"
        + fields(more)
        + "},\"node_name\":\"east/node-1\",\"time\":\""
        + TIME
        + "\"}";
  }

  static String tcp(int from, int to, String flags) {
    return "\"l4\":{\"TCP\":{\"source_port\":"
        + from
        + ",\"destination_port\":"
        + to
        + ",\"flags\":{"
        + flags
        + "}}}";
  }

  static String reply(String more) {
    return "\"source\":"
        + DB
        + ",\"destination\":"
        + SHOP
        + ",\"IP\":{\"source\":\"10.0.0.2\",\"destination\":\"10.0.0.1\"},"
        + more;
  }
}
