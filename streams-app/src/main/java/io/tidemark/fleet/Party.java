package io.tidemark.fleet;

/** Who takes part in a call: a workload, a place outside the fleet, or a part of the cluster. */
public sealed interface Party permits Workload, Domain, Address, Realm {

  /** Name for people, unique in the fleet. */
  String title();
}
