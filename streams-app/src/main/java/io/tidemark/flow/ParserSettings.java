package io.tidemark.flow;

import java.util.List;

/**
 * What can be set about parsing.
 *
 * @param maxBytes largest raw record that is parsed, in bytes, from 1 to 1 MiB
 * @param vpcFlowFields field names of VPC flow log lines in their order, for streams without a
 *     header line; empty for version 2's
 */
public record ParserSettings(int maxBytes, List<String> vpcFlowFields) {

  /** 1 MiB, version 2's fields. */
  public static final ParserSettings DEFAULT =
      new ParserSettings(RawRecord.DEFAULT_MAX_BYTES, List.of());

  /**
   * Refuses what no parser could work with.
   *
   * @throws IllegalArgumentException naming the setting and its value
   */
  public ParserSettings {
    if (maxBytes < 1 || maxBytes > RawRecord.DEFAULT_MAX_BYTES) {
      throw new IllegalArgumentException(
          "maxBytes: expected 1 to " + RawRecord.DEFAULT_MAX_BYTES + ", found " + maxBytes);
    }
    vpcFlowFields = List.copyOf(vpcFlowFields);
    if (!vpcFlowFields.isEmpty()) {
      VpcFormat.of(vpcFlowFields);
    }
  }
}
