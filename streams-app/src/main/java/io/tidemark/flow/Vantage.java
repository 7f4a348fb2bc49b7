package io.tidemark.flow;

/**
 * On whose node a flow was observed. Both ends of a connection usually report it, so counts are
 * kept per vantage and the larger is taken, never the sum.
 */
public enum Vantage {
  CLIENT,
  SERVER,
  /** The record does not say. */
  UNKNOWN
}
