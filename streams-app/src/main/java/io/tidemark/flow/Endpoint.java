package io.tidemark.flow;

import java.util.List;

/**
 * One side of a flow as the record names it, before it is resolved to a workload.
 *
 * @param address textual IP address in canonical form, {@code null} when a field mask removed it
 * @param cluster cluster name, {@code null} when the record does not say
 * @param namespace Kubernetes namespace, {@code null} when unknown
 * @param pod pod name, {@code null} when unknown; never set for reserved identities, where Hubble's
 *     pod name is unreliable
 * @param workload controller name from {@code workloads[0].name}, {@code null} unless the observing
 *     node owns the endpoint
 * @param workloadKind controller kind from {@code workloads[0].kind}, {@code null} likewise
 * @param app name label ({@code app.kubernetes.io/name}, {@code k8s-app}, {@code app}, in that
 *     order), {@code null} when there is none
 * @param reserved reserved identity without its prefix ({@code host}, {@code kube-apiserver},
 *     {@code world}, ...), {@code null} for ordinary endpoints
 * @param names DNS names that the other side resolved to this address, without trailing dot, lower
 *     case; at most 8
 */
public record Endpoint(
    String address,
    String cluster,
    String namespace,
    String pod,
    String workload,
    String workloadKind,
    String app,
    String reserved,
    List<String> names) {

  /** An endpoint of which only the address is known. */
  public static Endpoint ofAddress(String address) {
    return new Endpoint(address, null, null, null, null, null, null, null, List.of());
  }
}
