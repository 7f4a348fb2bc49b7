package io.tidemark.flow;

/** Which way a connection was opened, seen from the workload. */
public enum Direction {
  /** The workload is the client. */
  EGRESS,
  /** The workload is the server. */
  INGRESS
}
