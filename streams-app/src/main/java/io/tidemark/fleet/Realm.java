package io.tidemark.fleet;

import java.util.Locale;

/** What talks in a cluster without being a workload. */
public enum Realm implements Party {
  /** The public: a different address nearly every time. */
  WORLD,
  /** The control plane. */
  APISERVER,
  /** The nodes themselves, each under its own address. */
  NODES,
  /** The name server of the network, an address inside that no workload owns. */
  RESOLVER;

  @Override
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }
}
