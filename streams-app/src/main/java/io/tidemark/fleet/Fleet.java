package io.tidemark.fleet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The workloads of a made-up fleet, its nodes, and who calls whom. Immutable. */
public final class Fleet {
  /** The company, and what makes its days eventful. */
  public static final int SMALLEST_EVERYDAY = 54;

  /** The demonstration's busiest edge would be half of a large fleet's lines. */
  private static final double BUSIEST_EVERYDAY = 10;

  private final FleetSpec spec;
  private final List<Node> nodes;
  private final List<Workload> workloads = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private final Map<String, Workload> byTitle = new HashMap<>();
  private final Map<String, Domain> domains = new HashMap<>();
  private final Set<Integer> identities = new HashSet<>();

  private final Map<Workload, Integer> births = new HashMap<>();
  private final boolean everyday;

  private Fleet(FleetSpec spec, boolean everyday) {
    this.everyday = everyday;
    this.spec = spec;
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < spec.nodes(); i++) {
      nodes.add(new Node(spec, i));
    }
    this.nodes = List.copyOf(nodes);
  }

  /** Builds the fleet that a spec describes. */
  public static Fleet of(FleetSpec spec) {
    return build(spec, false);
  }

  /**
   * Builds a fleet of at least {@link #SMALLEST_EVERYDAY} workloads to which also happens what
   * ordinarily happens: new services, releases, autoscaling from 3 to 60 pods, drained nodes,
   * holidays, batch jobs of every period, host names that are new every day.
   */
  public static Fleet everyday(FleetSpec spec) {
    if (spec.workloads() < SMALLEST_EVERYDAY) {
      throw new IllegalArgumentException(
          "workloads must be at least " + SMALLEST_EVERYDAY + ": " + spec.workloads());
    }
    return build(spec, true);
  }

  private static Fleet build(FleetSpec spec, boolean everyday) {
    Fleet fleet = new Fleet(spec, everyday);
    List<Blueprint.WorkloadLine> lines = Blueprint.workloads();
    int tenants = 0;
    while (fleet.workloads.size() < spec.workloads()) {
      tenants++;
      for (Blueprint.WorkloadLine line : lines) {
        if (fleet.workloads.size() < spec.workloads() && (tenants == 1 || line.tenant())) {
          fleet.add(line, tenants);
        }
      }
      if (tenants == 1 && everyday) {
        Blueprint.workloads(Everyday.WORKLOADS).forEach(line -> fleet.add(line, 1));
      }
    }
    for (int tenant = 1; tenant <= tenants; tenant++) {
      fleet.connect(tenant);
    }
    if (everyday) {
      fleet.connect(Blueprint.calls(Everyday.CALLS), fleet.everydayParties(), 1);
    }
    return fleet;
  }

  private void add(Blueprint.WorkloadLine line, int tenant) {
    String namespace = namespace(line.namespace(), tenant);
    String[] replicas = line.replicas().split("-", 2);
    Workload.Kind kind = Workload.Kind.named(line.kind());
    boolean everywhere = kind == Workload.Kind.DAEMON_SET;
    int min = everywhere ? nodes.size() : Integer.parseInt(replicas[0]);
    int max = replicas.length > 1 ? Integer.parseInt(replicas[1]) : min;
    Workload.Schedule schedule =
        kind == Workload.Kind.CRON_JOB
            ? new Workload.Schedule(line.setting("period"), line.setting("at"), line.setting("for"))
            : null;
    Workload workload =
        new Workload(
            workloads.size(),
            namespace,
            kind,
            line.name(),
            min,
            max,
            line.setting("port"),
            line.setting("metrics"),
            line.setting("probe"),
            schedule,
            identity(namespace + "/" + line.name()),
            labels(namespace, line.name()));
    workloads.add(workload);
    byTitle.put(workload.title(), workload);
    if (line.setting("born") > 0) {
      births.put(workload, line.setting("born"));
    }
  }

  private int identity(String title) {
    Dice dice = Dice.of(spec.seed(), "identity " + title);
    int identity = dice.between(1_024, 65_536);
    while (!identities.add(identity)) {
      identity = dice.between(1_024, 65_536);
    }
    return identity;
  }

  private List<String> labels(String namespace, String name) {
    List<String> labels = new ArrayList<>();
    switch (namespace) {
      case "kube-system" ->
          labels.add("k8s:k8s-app=" + (name.equals("coredns") ? "kube-dns" : name));
      case "ingress", "monitoring", "argocd", "cert-manager" -> {
        labels.add("k8s:app.kubernetes.io/instance=" + namespace);
        labels.add("k8s:app.kubernetes.io/name=" + name);
      }
      default -> labels.add("k8s:app=" + name);
    }
    labels.add("k8s:io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name=" + namespace);
    labels.add("k8s:io.cilium.k8s.policy.cluster=" + spec.cluster());
    labels.add("k8s:io.cilium.k8s.policy.serviceaccount=" + name);
    labels.add("k8s:io.kubernetes.pod.namespace=" + namespace);
    Collections.sort(labels);
    return List.copyOf(labels);
  }

  private static String namespace(String base, int tenant) {
    return tenant == 1 ? base : base + "-" + tenant;
  }

  private void connect(int tenant) {
    Map<String, Party> parties = new HashMap<>();
    for (Blueprint.WorkloadLine line : Blueprint.workloads()) {
      Workload own = byTitle.get(namespace(line.namespace(), tenant) + "/" + line.name());
      Workload shared = byTitle.get(line.namespace() + "/" + line.name());
      parties.put(line.name(), line.tenant() ? own : shared);
    }
    for (Realm realm : Realm.values()) {
      parties.put(realm.title(), realm);
    }
    connect(Blueprint.calls(), parties, tenant);
  }

  private Map<String, Party> everydayParties() {
    Map<String, Party> parties = new HashMap<>();
    for (Workload workload : workloads) {
      parties.putIfAbsent(workload.name(), workload);
    }
    return parties;
  }

  private void connect(List<Blueprint.CallLine> lines, Map<String, Party> parties, int tenant) {
    for (Blueprint.CallLine line : lines) {
      Party client = parties.get(line.client());
      Party server =
          line.server().indexOf('.') > 0
              ? domain(line.server(), tenant)
              : parties.get(line.server());
      boolean platformOnly = !repeats(client) && !repeats(server);
      if (client != null && server != null && (tenant == 1 || !platformOnly)) {
        double most = everyday ? BUSIEST_EVERYDAY : Double.MAX_VALUE;
        double perMinute = Math.min(most, line.perMinute());
        calls.add(new Call(client, server, line.port(), line.pooled(), perMinute, line.curve()));
      }
    }
  }

  /** Whether a party exists once per tenant. */
  private static boolean repeats(Party party) {
    return party instanceof Workload workload
        && Blueprint.TENANT.stream().anyMatch(workload.namespace()::startsWith);
  }

  private Domain domain(String pattern, int tenant) {
    Dice dice = Dice.of(spec.seed(), pattern + " " + tenant);
    String name = pattern.replace("#", Names.hex(4, dice));
    return domains.computeIfAbsent(name, key -> Domain.of(spec.seed(), key));
  }

  /** Whether more happens than the daily round. */
  public boolean everyday() {
    return everyday;
  }

  /** Day of the history on which a workload is first deployed, 0 if it was there before. */
  int born(Workload workload) {
    return births.getOrDefault(workload, 0);
  }

  public FleetSpec spec() {
    return spec;
  }

  /** All workloads, in the order of {@link Workload#index()}. */
  public List<Workload> workloads() {
    return Collections.unmodifiableList(workloads);
  }

  /** The edges. */
  public List<Call> calls() {
    return Collections.unmodifiableList(calls);
  }

  /** Whether an edge leads from one to the other. */
  boolean calls(Party client, Party server) {
    for (Call call : calls) {
      if (call.client().equals(client) && call.server().equals(server)) {
        return true;
      }
    }
    return false;
  }

  /** Names of the nodes. */
  public List<String> nodeNames() {
    return nodes.stream().map(Node::name).toList();
  }

  /** The workload {@code namespace/name}; unknown names are an error that says so. */
  public Workload workload(String title) {
    Workload workload = byTitle.get(title);
    if (workload == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "no workload %s in this fleet of %d", title, workloads.size()));
    }
    return workload;
  }

  /** {@code cluster/namespace/kind/name}, the name under which a baseline is kept. */
  public String subject(Workload workload) {
    return String.join(
        "/", spec.cluster(), workload.namespace(), workload.kind().toString(), workload.name());
  }

  List<Node> nodes() {
    return nodes;
  }
}
