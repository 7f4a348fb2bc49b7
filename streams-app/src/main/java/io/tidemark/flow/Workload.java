package io.tidemark.flow;

/**
 * The subject of a baseline: what stays when pods come and go. The controller's kind is no part of
 * it, because only the node that runs a pod reports the kind, and a workload must come out the same
 * from either end of a connection; the kind is learned as an attribute.
 *
 * @param cluster cluster name, never empty
 * @param namespace Kubernetes namespace; {@link #RESERVED} for host and API server, empty for a
 *     bare address
 * @param name controller name, reserved identity, or address
 */
public record Workload(String cluster, String namespace, String name)
    implements Comparable<Workload> {

  /** Namespace of the subjects that are no Kubernetes workload: {@code reserved/host} and so on. */
  public static final String RESERVED = "reserved";

  /** Kind of a subject in {@link #RESERVED}. */
  public static final String KIND_RESERVED = "Reserved";

  /** Kind of a subject that is an internal address nobody claims. */
  public static final String KIND_ADDRESS = "Address";

  /** Kind of the subject that stands for a source of flow records as a whole. */
  public static final String KIND_SOURCE = "Source";

  private static final String SOURCE = "source";

  /** Kind of a workload whose kind no record has told yet. */
  public static final String KIND_UNKNOWN = "Workload";

  /** What stands for a source as a whole: it says whether the source sees. */
  public static Workload ofSource(String cluster) {
    return new Workload(cluster, RESERVED, SOURCE);
  }

  /** Whether this stands for a source as a whole. */
  public boolean isSource() {
    return namespace.equals(RESERVED) && name.equals(SOURCE);
  }

  /** {@code cluster/namespace/name}: record key, store key and the id by which peers know it. */
  public String key() {
    return cluster + '/' + namespace + '/' + name;
  }

  /**
   * Reads {@link #key()}. A name may hold further slashes, the other parts may not.
   *
   * @throws IllegalArgumentException if there are fewer than three parts
   */
  public static Workload ofKey(String key) {
    int first = key.indexOf('/');
    int second = first < 0 ? -1 : key.indexOf('/', first + 1);
    if (second < 0) {
      throw new IllegalArgumentException("not a cluster/namespace/name key: " + key);
    }
    return new Workload(
        key.substring(0, first), key.substring(first + 1, second), key.substring(second + 1));
  }

  @Override
  public int compareTo(Workload other) {
    int order = cluster.compareTo(other.cluster);
    order = order != 0 ? order : namespace.compareTo(other.namespace);
    return order != 0 ? order : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return key();
  }
}
