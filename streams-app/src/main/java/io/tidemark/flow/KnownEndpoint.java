package io.tidemark.flow;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One side of a Hubble flow as its record wrote it, with the endpoint that was last made of it. The
 * same bytes, address, names and cluster give the same instance, by which others may remember it.
 */
final class KnownEndpoint {

  private final byte[] json;
  private final String address;
  private final HubbleSide.Facts facts;
  private Endpoint last;

  /** What is not to be found again. */
  KnownEndpoint(HubbleSide.Facts facts) {
    this(new byte[0], null, facts);
  }

  /**
   * @param json the endpoint's whole object
   * @param address told before the object, {@code null} if none
   */
  KnownEndpoint(byte[] json, String address, HubbleSide.Facts facts) {
    this.json = json;
    this.address = address;
    this.facts = facts;
  }

  HubbleSide.Facts facts() {
    return facts;
  }

  /** Bytes of the object. */
  int length() {
    return json.length;
  }

  /** Whether this object begins here; as an object ends with itself, it is all of it then. */
  boolean isAt(byte[] line, int from, String besides) {
    int end = from + json.length;
    return end <= line.length
        && Objects.equals(address, besides)
        && Arrays.equals(line, from, end, json, 0, json.length);
  }

  /** See {@link HubbleSide.Facts#toEndpoint}. */
  Endpoint endpoint(String ofAddress, List<String> names, String nodeCluster) {
    String cluster = facts.cluster() != null ? facts.cluster() : nodeCluster;
    boolean same =
        last != null
            && Objects.equals(last.address(), ofAddress)
            && Objects.equals(last.cluster(), cluster)
            && (last.names().isEmpty() ? names.isEmpty() : last.names().equals(names));
    if (!same) {
      last = facts.toEndpoint(ofAddress, names, nodeCluster);
    }
    return last;
  }
}
