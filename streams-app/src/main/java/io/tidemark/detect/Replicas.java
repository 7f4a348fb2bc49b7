package io.tidemark.detect;

import io.tidemark.flow.PodName;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.Distinct;
import io.tidemark.stats.Hash64;
import io.tidemark.window.Activity;
import io.tidemark.window.Edge;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * By which pods a workload was seen, and from which template they were made. Never changed; at most
 * {@value #REVISIONS_KEPT} templates, the one not seen for the longest time goes first, each with
 * the hashes of up to {@value #PODS_KEPT} pods: at most 1 400 bytes when written.
 *
 * <p>Of an edge four pods are told, so of a large workload some are seen late.
 */
public final class Replicas {

  /** Nothing was seen yet. */
  public static final Replicas NONE = new Replicas(new TreeMap<>());

  static final int REVISIONS_KEPT = 8;
  static final int PODS_KEPT = 16;

  /** For so long a template counts as new, milliseconds: a large workload takes its time. */
  static final long FRESH = Novelty.HOUR;

  /** A template that was seen for so long before was in service, milliseconds. */
  static final long SETTLED = Novelty.HOUR;

  /** So many new templates within a day are no versions: each pod has one of its own. */
  static final int CHURN = 6;

  private static final int VERSION = 1;

  /**
   * Pods made from one template.
   *
   * @param name the template's hash
   * @param first start of the window in which it was first seen, milliseconds since the epoch
   * @param lastHour the hour in which it was last seen, since the epoch
   * @param pods how many pods were seen, exact below {@value #PODS_KEPT}
   */
  record Revision(String name, long first, long lastHour, Distinct pods) {

    long count() {
      return pods.estimate();
    }

    private Revision with(Collection<String> names, long hour) {
      Distinct all = new Distinct(PODS_KEPT);
      all.merge(pods);
      boolean news = false;
      for (String pod : names) {
        news |= all.add(Hash64.of(pod));
      }
      return news || hour > lastHour ? new Revision(name, first, hour, all) : this;
    }
  }

  private static final Comparator<Revision> OLDEST_FIRST =
      Comparator.comparingLong(Revision::lastHour)
          .thenComparingLong(Revision::first)
          .thenComparing(Revision::name);

  private final SortedMap<String, Revision> revisions;

  private Replicas(SortedMap<String, Revision> revisions) {
    this.revisions = revisions;
  }

  /** What is known after this window; these themselves if it tells nothing new. */
  public Replicas after(Activity activity, long start) {
    Familiar familiar = new Familiar(Math.floorDiv(start, Novelty.HOUR));
    for (Edge edge : activity.edges().values()) {
      edge.forEachPod(familiar);
    }
    // So it is in most windows, and all that follows would come to that.
    if (familiar.all) {
      return this;
    }
    Set<String> names = new HashSet<>();
    activity.edges().values().forEach(edge -> edge.forEachPod(names::add));
    Map<String, List<String>> seen = new HashMap<>();
    for (String pod : names) {
      String revision = PodName.revision(pod);
      if (!revision.isEmpty()) {
        seen.computeIfAbsent(revision, any -> new ArrayList<>()).add(pod);
      }
    }
    if (seen.isEmpty()) {
      return this;
    }
    long hour = Math.floorDiv(start, Novelty.HOUR);
    TreeMap<String, Revision> after = new TreeMap<>(revisions);
    seen.forEach(
        (name, pods) ->
            after.put(
                name,
                after
                    .getOrDefault(name, new Revision(name, start, hour, new Distinct(PODS_KEPT)))
                    .with(pods, hour)));
    while (after.size() > REVISIONS_KEPT) {
      after.remove(Collections.min(after.values(), OLDEST_FIRST).name());
    }
    return after.equals(revisions) ? this : new Replicas(after);
  }

  /** Looks whether all pods are known, and were in this hour. */
  private final class Familiar implements Consumer<String> {
    private final long hour;
    private boolean all = true;
    private String last;

    Familiar(long hour) {
      this.hour = hour;
    }

    @Override
    public void accept(String pod) {
      // The edges of a workload have one pod as a rule.
      if (!all || pod.equals(last)) {
        return;
      }
      last = pod;
      String name = PodName.revision(pod);
      if (!name.isEmpty()) {
        Revision known = revisions.get(name);
        all = known != null && known.lastHour >= hour && known.pods.contains(Hash64.of(pod));
      }
    }
  }

  /** Templates that took over, or began to, within the last hour. */
  List<Revision> fresh(long start) {
    long settled = Long.MAX_VALUE;
    for (Revision each : revisions.values()) {
      settled = Math.min(settled, each.first + SETTLED);
    }
    boolean churn = churn(start);
    List<Revision> fresh = new ArrayList<>();
    for (Revision each : revisions.values()) {
      if (!churn && each.first > start - FRESH && each.first >= settled) {
        fresh.add(each);
      }
    }
    return fresh;
  }

  /** Whether so many templates are new that they are no versions. */
  boolean churn(long start) {
    int young = 0;
    for (Revision each : revisions.values()) {
      young += each.first > start - 24 * Novelty.HOUR ? 1 : 0;
    }
    return young >= CHURN;
  }

  /** All templates that are remembered. */
  Collection<Revision> all() {
    return revisions.values();
  }

  int size() {
    return revisions.size();
  }

  /** Which pods of a version that is coming into service use edges that no other pods use. */
  enum Share {
    /** It is not only such pods. */
    NONE,
    /** One of several. */
    ONE,
    /** More than one, or the only one there is. */
    SEVERAL
  }

  /** Whether these edges came with a rollout: only pods of a fresh template use them. */
  Share share(Collection<Edge> edges, long start) {
    Set<String> pods = pods(edges);
    int users = pods.size();
    long all = 0;
    for (Revision each : users == 0 ? List.<Revision>of() : fresh(start)) {
      if (pods.removeIf(pod -> PodName.revision(pod).equals(each.name))) {
        all += each.count();
      }
    }
    if (users == 0 || !pods.isEmpty()) {
      return Share.NONE;
    }
    return users > 1 || users >= all ? Share.SEVERAL : Share.ONE;
  }

  /** Whether a pod was made from one of these templates. */
  static boolean madeFrom(Collection<String> names, String pod) {
    return names.contains(PodName.revision(pod));
  }

  /** The pods behind these edges, as far as they are told. */
  static Set<String> pods(Collection<Edge> edges) {
    Set<String> pods = new TreeSet<>();
    edges.forEach(edge -> pods.addAll(edge.pods()));
    return pods;
  }

  public void write(StateWriter out) {
    out.u8(VERSION).varint(revisions.size());
    revisions.forEach(
        (name, each) -> {
          out.string(name).varlong(each.first).varlong(each.lastHour);
          each.pods.write(out);
        });
  }

  public static Replicas read(StateReader in) {
    in.expectVersion(VERSION, "replicas");
    TreeMap<String, Revision> revisions = new TreeMap<>();
    for (int left = in.count(); left > 0; left--) {
      String name = in.text();
      long first = in.varlong();
      long lastHour = in.varlong();
      revisions.put(name, new Revision(name, first, lastHour, Distinct.read(in, PODS_KEPT)));
    }
    return new Replicas(revisions);
  }
}
