package io.tidemark.flow;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One endpoint of a Hubble flow while it is being read. Reused from record to record. */
final class HubbleSide {

  /** Longest name of anything in Kubernetes, and of a DNS name. */
  static final int MAX_NAME = 253;

  private static final int MAX_LABELS = 256;
  private static final int MAX_LABEL = 1024;
  private static final int MAX_NAMES = 8;

  private static final String CLUSTER_LABEL = "io.cilium.k8s.policy.cluster=";
  private static final String NAMESPACE_LABEL = "io.kubernetes.pod.namespace=";
  private static final String RESERVED = "reserved:";
  private static final String[] APP_LABELS = {"app.kubernetes.io/name=", "k8s-app=", "app="};

  /** Several reserved labels may coexist; the first of these that is there names the endpoint. */
  private static final List<String> RESERVED_BY_PRIORITY =
      List.of(
          "kube-apiserver",
          "host",
          "remote-node",
          "ingress",
          "health",
          "init",
          "unmanaged",
          "world");

  /** Names of the identities 0 to 11. */
  private static final String[] RESERVED_IDENTITIES = {
    null,
    "host",
    "world",
    "unmanaged",
    "health",
    "init",
    "remote-node",
    "kube-apiserver",
    "ingress",
    "world",
    "world",
    "overlay-to-encrypt"
  };

  private final String name;
  private final TextCache cache;
  private final List<String> dnsNames = new ArrayList<>(MAX_NAMES);

  private String address;
  private boolean onThisNode;
  private long identity;
  private String cluster;
  private String labelCluster;
  private String namespace;
  private String labelNamespace;
  private String pod;
  private String workload;
  private String workloadKind;
  private String app;
  private int appRank;
  private String reserved;
  private int reservedRank;
  private boolean labelled;

  HubbleSide(String name, TextCache cache) {
    this.name = name;
    this.cache = cache;
    reset();
  }

  void reset() {
    dnsNames.clear();
    address = null;
    onThisNode = false;
    identity = 0;
    cluster = null;
    labelCluster = null;
    namespace = null;
    labelNamespace = null;
    pod = null;
    workload = null;
    workloadKind = null;
    app = null;
    appRank = APP_LABELS.length;
    reserved = null;
    reservedRank = Integer.MAX_VALUE;
    labelled = false;
  }

  void address(String canonical) {
    address = canonical;
  }

  /** Whether the observing node owns this endpoint: only those have an ID. */
  boolean onThisNode() {
    return onThisNode;
  }

  /** Whether this is the observing node itself: identity 1 is never another node. */
  boolean isThisHost() {
    return identity == 1 || (identity == 0 && "host".equals(reserved));
  }

  /** Whether the record says anything by which a workload or a peer could be found. */
  boolean isKnown() {
    return address != null || pod != null || workload != null || app != null || reserved() != null;
  }

  void read(JsonParser p) throws IOException, Rejection {
    if (!JsonFields.object(p, name)) {
      return;
    }
    try {
      for (String field; (field = p.nextFieldName()) != null; ) {
        p.nextToken();
        readField(field, p);
      }
    } catch (Rejection e) {
      throw e.in(name);
    }
  }

  private void readField(String field, JsonParser p) throws IOException, Rejection {
    switch (field) {
      case "ID" -> onThisNode = JsonFields.unsigned(p, field, 0xffff_ffffL) > 0;
      case "identity" -> identity = JsonFields.unsigned(p, field, 0xffff_ffffL);
      case "cluster_name", "clusterName" -> cluster = JsonFields.text(p, cache, field, MAX_NAME);
      case "namespace" -> namespace = JsonFields.text(p, cache, field, MAX_NAME);
      case "pod_name", "podName" -> pod = JsonFields.text(p, cache, field, MAX_NAME);
      case "labels" -> readLabels(p);
      case "workloads" -> readWorkloads(p);
      default -> p.skipChildren();
    }
  }

  private void readWorkloads(JsonParser p) throws IOException, Rejection {
    if (!JsonFields.array(p, "workloads")) {
      return;
    }
    for (int i = 0; p.nextToken() != JsonToken.END_ARRAY; i++) {
      if (i > 0) {
        p.skipChildren();
      } else if (JsonFields.object(p, "workloads")) {
        for (String field; (field = p.nextFieldName()) != null; ) {
          p.nextToken();
          switch (field) {
            case "name" -> workload = JsonFields.text(p, cache, "workloads.name", MAX_NAME);
            case "kind" -> workloadKind = JsonFields.text(p, cache, "workloads.kind", MAX_NAME);
            default -> p.skipChildren();
          }
        }
      }
    }
  }

  private void readLabels(JsonParser p) throws IOException, Rejection {
    if (!JsonFields.array(p, "labels")) {
      return;
    }
    for (int i = 0; p.nextToken() != JsonToken.END_ARRAY; i++) {
      if (p.currentToken() != JsonToken.VALUE_STRING) {
        throw JsonFields.wrongType(p, "labels", "strings");
      }
      if (i < MAX_LABELS) {
        labelled = true;
        if (p.getTextLength() > MAX_LABEL) {
          throw Rejection.field("labels", "one longer than " + MAX_LABEL + " characters");
        }
        readLabel(p.getTextCharacters(), p.getTextOffset(), p.getTextLength());
      }
    }
  }

  private void readLabel(char[] c, int offset, int length) {
    if (TextCache.startsWith(RESERVED, c, offset, length)) {
      int start = RESERVED.length();
      addReserved(cache.get(c, offset + start, length - start));
      return;
    }
    int start = TextCache.startsWith("k8s:", c, offset, length) ? 4 : 0;
    int from = offset + start;
    int rest = length - start;
    for (int rank = 0; rank < appRank; rank++) {
      if (TextCache.startsWith(APP_LABELS[rank], c, from, rest)) {
        int skip = APP_LABELS[rank].length();
        if (rest > skip) {
          app = cache.get(c, from + skip, rest - skip);
          appRank = rank;
        }
        return;
      }
    }
    if (TextCache.startsWith(CLUSTER_LABEL, c, from, rest)) {
      labelCluster = after(CLUSTER_LABEL, c, from, rest);
    } else if (TextCache.startsWith(NAMESPACE_LABEL, c, from, rest)) {
      labelNamespace = after(NAMESPACE_LABEL, c, from, rest);
    }
  }

  private String after(String prefix, char[] c, int from, int length) {
    int skip = prefix.length();
    return length == skip ? null : cache.get(c, from + skip, length - skip);
  }

  private void addReserved(String label) {
    String kind = label.startsWith("world-ipv") ? "world" : label;
    int rank = RESERVED_BY_PRIORITY.indexOf(kind);
    if (rank < 0) {
      rank = RESERVED_BY_PRIORITY.size();
    }
    if (rank < reservedRank && !kind.isEmpty()) {
      reserved = kind;
      reservedRank = rank;
    }
  }

  /** Labels first, because the number may be stale; the number only where labels are masked. */
  private String reserved() {
    if (reserved != null) {
      return reserved;
    }
    return !labelled && identity < RESERVED_IDENTITIES.length
        ? RESERVED_IDENTITIES[(int) identity]
        : null;
  }

  /** Names that the other side resolved to this endpoint's address. */
  void readDnsNames(JsonParser p, String field) throws IOException, Rejection {
    if (!JsonFields.array(p, field)) {
      return;
    }
    while (p.nextToken() != JsonToken.END_ARRAY) {
      String text = JsonFields.text(p, cache, field, MAX_NAME + 1);
      if (text != null && dnsNames.size() < MAX_NAMES) {
        dnsNames.add(dnsName(text));
      }
    }
  }

  /** Lower case, without the trailing dot. */
  static String dnsName(String text) {
    return DnsMessage.name(text);
  }

  /**
   * The endpoint as read.
   *
   * @param nodeCluster the cluster that the observing node's name gives, {@code null} if none
   */
  Endpoint toEndpoint(String nodeCluster) {
    String ofCluster = cluster != null ? cluster : labelCluster;
    if (ofCluster == null) {
      ofCluster = nodeCluster;
    }
    List<String> names = dnsNames.isEmpty() ? List.of() : List.copyOf(dnsNames);
    String special = reserved();
    if (special != null) {
      return new Endpoint(address, ofCluster, null, null, null, null, null, special, names);
    }
    String inNamespace = namespace != null ? namespace : labelNamespace;
    return new Endpoint(
        address, ofCluster, inNamespace, pod, workload, workloadKind, app, null, names);
  }
}
