package io.tidemark.flow;

/**
 * What is kept of an HTTP response: URLs and headers may hold secrets and are not.
 *
 * @param code status code, 100 to 599
 * @param latencyNanos from request to response in nanoseconds, -1 when the source does not say
 */
public record HttpResponse(int code, long latencyNanos) {}
