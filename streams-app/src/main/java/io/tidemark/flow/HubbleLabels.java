package io.tidemark.flow;

import java.util.List;

/** What an endpoint's labels say, in whatever order they come. Reused from record to record. */
final class HubbleLabels {

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

  private final TextCache cache;
  private boolean any;
  private String cluster;
  private String namespace;
  private String app;
  private int appRank;
  private String reserved;
  private int reservedRank;

  HubbleLabels(TextCache cache) {
    this.cache = cache;
    reset();
  }

  void reset() {
    any = false;
    cluster = null;
    namespace = null;
    app = null;
    appRank = APP_LABELS.length;
    reserved = null;
    reservedRank = Integer.MAX_VALUE;
  }

  /** Whether there were labels at all. */
  boolean any() {
    return any;
  }

  /** The cluster, {@code null} if no label names it. */
  String cluster() {
    return cluster;
  }

  /** The namespace, {@code null} if no label names it. */
  String namespace() {
    return namespace;
  }

  /** The application's name, {@code null} if no label names it. */
  String app() {
    return app;
  }

  /** The reserved identity, {@code null} if no label names one. */
  String reserved() {
    return reserved;
  }

  /** Takes one label. */
  void add(char[] c, int offset, int length) {
    any = true;
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
      cluster = after(CLUSTER_LABEL, c, from, rest);
    } else if (TextCache.startsWith(NAMESPACE_LABEL, c, from, rest)) {
      namespace = after(NAMESPACE_LABEL, c, from, rest);
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
}
