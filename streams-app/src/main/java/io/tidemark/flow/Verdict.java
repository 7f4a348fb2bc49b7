package io.tidemark.flow;

/** What the datapath decided about the traffic that a flow reports. */
public enum Verdict {
  /** The record does not say (a field mask removed it). */
  UNKNOWN,
  FORWARDED,
  DROPPED,
  /** Would have been dropped, but policy is in audit mode. */
  AUDITED,
  ERROR
}
