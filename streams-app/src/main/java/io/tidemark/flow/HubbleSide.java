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

  /** What the compact reader knows of an endpoint's fields. */
  private enum Field {
    ID,
    IDENTITY,
    CLUSTER,
    NAMESPACE,
    POD,
    LABELS,
    WORKLOADS,
    NAME,
    KIND
  }

  private final FieldNames<Field> fields =
      new FieldNames<Field>()
          .with("ID", Field.ID)
          .with("identity", Field.IDENTITY)
          .with("cluster_name", Field.CLUSTER)
          .with("namespace", Field.NAMESPACE)
          .with("pod_name", Field.POD)
          .with("labels", Field.LABELS)
          .with("workloads", Field.WORKLOADS);
  private final FieldNames<Field> workloadFields =
      new FieldNames<Field>().with("name", Field.NAME).with("kind", Field.KIND);

  private final String name;
  private final TextCache cache;
  private final HubbleLabels labels;
  private final List<String> dnsNames = new ArrayList<>(MAX_NAMES);

  private String address;
  private boolean onThisNode;
  private long identity;
  private String cluster;
  private String namespace;
  private String pod;
  private String workload;
  private String workloadKind;
  private KnownEndpoint known;

  HubbleSide(String name, TextCache cache) {
    this.name = name;
    this.cache = cache;
    this.labels = new HubbleLabels(cache);
    reset();
  }

  void reset() {
    dnsNames.clear();
    address = null;
    onThisNode = false;
    identity = 0;
    cluster = null;
    namespace = null;
    pod = null;
    workload = null;
    workloadKind = null;
    labels.reset();
    known = null;
  }

  void address(String canonical) {
    address = canonical;
  }

  /**
   * What the endpoint's object says, apart from the record around it.
   *
   * @param onThisNode whether the observing node owns the endpoint: only those have an ID
   * @param thisHost whether it is the observing node itself: identity 1 is never another node
   * @param named whether it says anything by which a workload or a peer could be found
   * @param cluster as in {@link Endpoint}, like all that follow
   */
  record Facts(
      boolean onThisNode,
      boolean thisHost,
      boolean named,
      String cluster,
      String namespace,
      String pod,
      String workload,
      String workloadKind,
      String app,
      String reserved) {

    /**
     * The endpoint.
     *
     * @param nodeCluster the cluster that the observing node's name gives, {@code null} if none
     */
    Endpoint toEndpoint(String address, List<String> names, String nodeCluster) {
      return new Endpoint(
          address,
          cluster != null ? cluster : nodeCluster,
          namespace,
          pod,
          workload,
          workloadKind,
          app,
          reserved,
          names.isEmpty() ? List.of() : List.copyOf(names));
    }
  }

  /** What was read; of a reserved identity only that. */
  Facts facts() {
    String ofCluster = cluster != null ? cluster : labels.cluster();
    String special = reserved();
    boolean thisHost = identity == 1 || (identity == 0 && "host".equals(labels.reserved()));
    if (special != null) {
      return new Facts(
          onThisNode, thisHost, true, ofCluster, null, null, null, null, null, special);
    }
    return new Facts(
        onThisNode,
        thisHost,
        pod != null || workload != null || labels.app() != null,
        ofCluster,
        namespace != null ? namespace : labels.namespace(),
        pod,
        workload,
        workloadKind,
        labels.app(),
        null);
  }

  private KnownEndpoint known() {
    if (known == null) {
      known = new KnownEndpoint(facts());
    }
    return known;
  }

  boolean onThisNode() {
    return known().facts().onThisNode();
  }

  boolean isThisHost() {
    return known().facts().thisHost();
  }

  /** Whether the record says anything by which a workload or a peer could be found. */
  boolean isKnown() {
    return address != null || known().facts().named();
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
        if (p.getTextLength() > MAX_LABEL) {
          throw Rejection.field("labels", "one longer than " + MAX_LABEL + " characters");
        }
        labels.add(p.getTextCharacters(), p.getTextOffset(), p.getTextLength());
      }
    }
  }

  /** Labels first, because the number may be stale; the number only where labels are masked. */
  private String reserved() {
    if (labels.reserved() != null) {
      return labels.reserved();
    }
    return !labels.any() && identity < RESERVED_IDENTITIES.length
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
    return known().endpoint(address, dnsNames, nodeCluster);
  }

  /** As {@link #read(JsonParser)}; an object that was met before is not read again. */
  void read(CompactJson json, KnownEndpoints endpoints, char[] scratch) {
    known = endpoints.find(json.line(), json.at(), address);
    if (known != null) {
      json.advance(known.length());
      return;
    }
    int from = json.at();
    for (Field field = json.first(fields); field != null; field = json.next(fields)) {
      readField(field, json, scratch);
    }
    if (!json.failed()) {
      known = endpoints.add(json.line(), from, json.at(), address, facts());
    }
  }

  private void readField(Field field, CompactJson json, char[] scratch) {
    switch (field) {
      case ID -> onThisNode = json.number(0xffff_ffffL) > 0;
      case IDENTITY -> identity = json.number(0xffff_ffffL);
      case CLUSTER -> cluster = text(json, scratch);
      case NAMESPACE -> namespace = text(json, scratch);
      case POD -> pod = text(json, scratch);
      case LABELS -> readLabels(json, scratch);
      case WORKLOADS -> readWorkloads(json, scratch);
      default -> json.fail();
    }
  }

  private String text(CompactJson json, char[] scratch) {
    int length = json.chars(scratch);
    if (length > MAX_NAME) {
      json.fail();
    }
    return json.failed() ? null : cache.get(scratch, 0, length);
  }

  private void readLabels(CompactJson json, char[] scratch) {
    int count = 0;
    for (boolean more = json.array(); more; more = json.element()) {
      int length = json.chars(scratch);
      if (++count > MAX_LABELS || length > MAX_LABEL) {
        json.fail();
      } else if (!json.failed()) {
        labels.add(scratch, 0, length);
      }
    }
  }

  private void readWorkloads(CompactJson json, char[] scratch) {
    int count = 0;
    for (boolean more = json.array(); more; more = json.element()) {
      if (++count > 1) {
        json.skip();
        continue;
      }
      Field field = json.first(workloadFields);
      for (; field != null; field = json.next(workloadFields)) {
        if (field == Field.NAME) {
          workload = text(json, scratch);
        } else {
          workloadKind = text(json, scratch);
        }
      }
    }
  }

  /** As {@link #readDnsNames(JsonParser, String)}. */
  void readDnsNames(CompactJson json) {
    for (boolean more = json.array(); more; more = json.element()) {
      String domain = json.domainName();
      if (dnsNames.size() < MAX_NAMES) {
        dnsNames.add(domain);
      }
    }
  }
}
