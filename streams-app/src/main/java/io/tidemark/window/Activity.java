package io.tidemark.window;

import io.tidemark.flow.Party;
import io.tidemark.flow.Workload;
import io.tidemark.state.Codec;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/**
 * All that one workload said in one window, from one source: the facts. Merging is commutative and
 * associative, so the facts of all input partitions give the same sum in every order.
 */
public final class Activity {

  /** Edges kept per workload and window, by hash; {@link Totals} still count the others. */
  public static final int EDGES_KEPT = 1024;

  /** Written form for state stores. */
  public static final Codec<Activity> CODEC = new ActivityCodec();

  private final Bounded<EdgeKey, Edge> edges;
  private Totals egress = new Totals();
  private Totals ingress = new Totals();
  private DnsActivity dns = new DnsActivity();
  private String kind;
  // Only of the subject that stands for a whole source.
  private Supply supply;

  public Activity() {
    this(EDGES_KEPT);
  }

  Activity(int edgesKept) {
    this.edges = new Bounded<>(edgesKept, EdgeKey::rank);
  }

  /** Kind of the workload's controller as a record told it, {@code null} if none did. */
  public String kind() {
    return kind;
  }

  public Totals egress() {
    return egress;
  }

  public Totals ingress() {
    return ingress;
  }

  public DnsActivity dns() {
    return dns;
  }

  /** What a whole source told, if this is of {@link Workload#ofSource}; else {@code null}. */
  public Supply supply() {
    return supply;
  }

  /** Edges in the order of their keys. */
  public SortedMap<EdgeKey, Edge> edges() {
    return edges.sorted();
  }

  /** Whether some edges had no room. */
  public boolean edgesOverflowed() {
    return edges.overflowed();
  }

  public boolean isEmpty() {
    return egress.isEmpty() && ingress.isEmpty() && dns.isEmpty() && supply == null;
  }

  /** Adds an edge's facts; the edge itself is not kept. */
  public void mergeEdge(Edge theirs) {
    Edge mine = edge(theirs.key());
    if (mine != null) {
      mine.merge(theirs);
    }
  }

  /** Adds an edge, which belongs to these facts from then on. */
  public void take(Edge theirs) {
    Edge mine = edges.at(theirs.key(), () -> theirs);
    if (mine != null && mine != theirs) {
      mine.merge(theirs);
    }
  }

  public void mergeTotals(Totals egressTotals, Totals ingressTotals, boolean overflowed) {
    egress.merge(egressTotals);
    ingress.merge(ingressTotals);
    if (overflowed) {
      edges.markOverflowed();
    }
  }

  public void mergeDns(DnsActivity theirs) {
    dns.merge(theirs);
  }

  public void mergeSupply(Supply theirs) {
    if (theirs != null) {
      ownSupply().merge(theirs);
    }
  }

  Supply ownSupply() {
    supply = supply == null ? new Supply() : supply;
    return supply;
  }

  /**
   * A kind told by two records is the same; if not, one that a record states wins over one that a
   * name suggests, then the smaller, whoever came first.
   */
  public void mergeKind(String other) {
    if (kind == null || (other != null && outweighs(other, kind))) {
      kind = other;
    }
  }

  public void merge(Activity other) {
    mergeKind(other.kind);
    mergeTotals(other.egress, other.ingress, other.edges.overflowed());
    mergeDns(other.dns);
    mergeSupply(other.supply);
    other.edges.sorted().values().forEach(this::mergeEdge);
  }

  /**
   * The same facts with every edge under the key that {@code naming} gives it: these facts
   * themselves where no key changes, which is so for most.
   */
  public Activity renamed(UnaryOperator<EdgeKey> naming) {
    if (keepsNames(naming)) {
      return this;
    }
    Activity renamed = new Activity();
    renamed.kind = kind;
    renamed.egress = egress;
    renamed.ingress = ingress;
    renamed.dns = dns;
    renamed.supply = supply;
    if (edges.overflowed()) {
      renamed.edges.markOverflowed();
    }
    for (Edge edge : edges.sorted().values()) {
      EdgeKey name = naming.apply(edge.key());
      Edge present = renamed.edges.get(name);
      if (present == null) {
        renamed.edges.at(name, () -> edge.under(name));
      } else {
        present.merge(edge);
      }
    }
    return renamed;
  }

  private boolean keepsNames(UnaryOperator<EdgeKey> naming) {
    for (Edge edge : edges.values()) {
      if (!naming.apply(edge.key()).equals(edge.key())) {
        return false;
      }
    }
    return true;
  }

  /** It was one pod that did all this, if known, as is told of what an address did. */
  void by(String pod) {
    if (pod != null) {
      edges.values().forEach(edge -> edge.by(pod));
    }
  }

  /** The edge under this key, {@code null} when the bound leaves it out. */
  Edge edge(EdgeKey key) {
    return edges.at(key, () -> new Edge(key));
  }

  private static boolean outweighs(String newcomer, String present) {
    boolean stated = !newcomer.startsWith(Party.SUGGESTED);
    boolean presentStated = !present.startsWith(Party.SUGGESTED);
    return stated == presentStated ? newcomer.compareTo(present) < 0 : stated;
  }

  private static final class ActivityCodec implements Codec<Activity> {

    private static final int VERSION = 2;

    /** Without HTTP, dropped replies, and supply. */
    private static final int CONNECTIONS_ONLY = 1;

    @Override
    public void write(Activity activity, StateWriter out) {
      out.u8(VERSION).string(activity.kind);
      activity.egress.write(out);
      activity.ingress.write(out);
      activity.dns.write(out);
      out.bool(activity.edges.overflowed()).varint(activity.edges.size());
      activity.edges.sorted().values().forEach(edge -> EdgeForm.write(edge, out));
      out.bool(activity.supply != null);
      if (activity.supply != null) {
        activity.supply.write(out);
      }
    }

    @Override
    public Activity read(StateReader in) {
      boolean whole = in.expectVersion(CONNECTIONS_ONLY, VERSION, "activity") == VERSION;
      Activity activity = new Activity();
      activity.kind = in.string();
      activity.egress = Totals.read(in);
      activity.ingress = Totals.read(in);
      activity.dns = DnsActivity.read(in);
      boolean overflowed = in.bool();
      for (int left = in.count(); left > 0; left--) {
        activity.mergeEdge(EdgeForm.read(in, whole));
      }
      if (overflowed) {
        activity.edges.markOverflowed();
      }
      if (whole && in.bool()) {
        activity.supply = Supply.read(in);
      }
      return activity;
    }
  }
}
