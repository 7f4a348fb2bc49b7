package io.tidemark.flow;

import java.util.List;

/**
 * A DNS query or its response, as seen by an L7 proxy or a name server.
 *
 * @param query name asked for: lower case, without trailing dot, at most 253 characters
 * @param type query type such as {@code A}, {@code TXT}; empty when the record does not say
 * @param response whether this is a response
 * @param rcode response code (0 NOERROR, 3 NXDOMAIN); 0 for queries
 * @param addresses addresses in the answer, canonical form, at most 16
 */
public record DnsMessage(
    String query, String type, boolean response, int rcode, List<String> addresses) {

  public static final int NXDOMAIN = 3;
}
