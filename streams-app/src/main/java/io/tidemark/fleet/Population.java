package io.tidemark.fleet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The pods that are alive, oldest first per workload. Addresses come from the node's own range;
 * those of stopped pods are handed out again, in the order they came back, once a few are waiting,
 * as address managers do. Bounded by the number of live pods and 252 addresses per node.
 */
final class Population {
  private static final int ADDRESSES = 252;
  private static final int WAITING = 4;

  private final FleetSpec spec;
  private final Dice dice;
  private final List<Node> nodes;
  private final List<List<Pod>> byWorkload = new ArrayList<>();
  private final List<ArrayDeque<Integer>> returned = new ArrayList<>();
  private final int[] unused;
  private final int[] load;
  private final boolean[] cordoned;

  private final AddressLog addresses;
  private final boolean everyday;
  private List<Pod> started = new ArrayList<>();
  private long now;

  /**
   * @param addresses who writes down which pod has which address, {@code null} if nobody does
   */
  Population(Fleet fleet, AddressLog addresses) {
    this.addresses = addresses;
    this.everyday = fleet.everyday();
    this.spec = fleet.spec();
    this.dice = Dice.of(spec.seed(), "population");
    this.nodes = fleet.nodes();
    this.unused = new int[nodes.size()];
    this.load = new int[nodes.size()];
    this.cordoned = new boolean[nodes.size()];
    nodes.forEach(node -> returned.add(new ArrayDeque<>()));
    fleet.workloads().forEach(workload -> byWorkload.add(new ArrayList<>()));
  }

  /** Live pods of a workload, oldest first; a view. */
  List<Pod> pods(Workload workload) {
    return Collections.unmodifiableList(byWorkload.get(workload.index()));
  }

  /** A random live pod of a workload, {@code null} if it has none. */
  Pod any(Workload workload, Dice dice) {
    List<Pod> pods = byWorkload.get(workload.index());
    return pods.isEmpty() ? null : pods.get(dice.below(pods.size()));
  }

  /** Starts a pod on the emptiest node that runs fewest of its kind. */
  Pod start(Workload workload, String name) {
    return start(workload, name, emptiest(workload));
  }

  Pod start(Workload workload, String name, Node node) {
    Pod pod = new Pod(spec, workload, name, node, takeAddress(node), dice);
    byWorkload.get(workload.index()).add(pod);
    load[node.index()]++;
    if (addresses != null) {
      addresses.started(pod, now);
    }
    if (everyday) {
      started.add(pod);
    }
    return pod;
  }

  void stop(Pod pod) {
    pod.stop();
    if (addresses != null) {
      addresses.stopped(pod, now);
    }
    byWorkload.get(pod.workload().index()).remove(pod);
    load[pod.home().index()]--;
    returned.get(pod.home().index()).add(pod.slot());
  }

  /** Says what time it is, milliseconds since the epoch. */
  void at(long millis) {
    now = millis;
  }

  /** The pods that started since this was last asked; bounded by being asked often. */
  List<Pod> takeStarted() {
    List<Pod> taken = started;
    started = new ArrayList<>();
    return taken;
  }

  /** Live pods on a node, in the order of their workloads. */
  List<Pod> on(Node node) {
    List<Pod> pods = new ArrayList<>();
    byWorkload.forEach(each -> each.stream().filter(p -> p.home() == node).forEach(pods::add));
    return pods;
  }

  /** Whether new pods go elsewhere while there is an elsewhere. */
  void cordon(Node node, boolean closed) {
    cordoned[node.index()] = closed;
  }

  Dice dice() {
    return dice;
  }

  private Node emptiest(Workload workload) {
    int[] same = new int[nodes.size()];
    for (Pod pod : byWorkload.get(workload.index())) {
      same[pod.home().index()]++;
    }
    Node best = null;
    boolean all = true;
    for (boolean closed : cordoned) {
      all &= closed;
    }
    int least = Integer.MAX_VALUE;
    for (Node node : nodes) {
      int cost = load[node.index()] + 1_000 * same[node.index()];
      if (cost < least && load[node.index()] < ADDRESSES && (all || !cordoned[node.index()])) {
        least = cost;
        best = node;
      }
    }
    if (best == null) {
      throw new IllegalStateException(
          "no address left for " + workload.title() + " on " + nodes.size() + " nodes");
    }
    return best;
  }

  private int takeAddress(Node node) {
    ArrayDeque<Integer> back = returned.get(node.index());
    boolean fresh = unused[node.index()] < ADDRESSES;
    return back.size() > WAITING || !fresh ? back.remove() : unused[node.index()]++;
  }
}
