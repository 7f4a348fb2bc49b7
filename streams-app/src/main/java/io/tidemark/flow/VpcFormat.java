package io.tidemark.flow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * The order of the fields in a VPC flow log's lines, up to version 11. Names are accepted as in S3
 * headers ({@code pkt-srcaddr}), Parquet ({@code pkt_srcaddr}) and Logs Insights ({@code
 * pktSrcAddr}); fields that say nothing about a flow are counted and passed over.
 */
final class VpcFormat {

  /** Most fields in a line; version 11 knows about 60. */
  static final int MAX_FIELDS = 128;

  private static final int MAX_NAME = 64;

  /** The fields that are read. */
  enum Field {
    INTERFACE_ID("interface-id"),
    SRCADDR("srcaddr"),
    DSTADDR("dstaddr"),
    PKT_SRCADDR("pkt-srcaddr"),
    PKT_DSTADDR("pkt-dstaddr"),
    SRCPORT("srcport"),
    DSTPORT("dstport"),
    PROTOCOL("protocol"),
    PACKETS("packets"),
    BYTES("bytes"),
    START("start"),
    END("end"),
    ACTION("action"),
    LOG_STATUS("log-status"),
    TCP_FLAGS("tcp-flags"),
    FLOW_DIRECTION("flow-direction"),
    REJECT_REASON("reject-reason");

    private final String id;

    Field(String id) {
      this.id = id;
    }

    /** The name in S3 headers. */
    String id() {
      return id;
    }
  }

  /** All names up to version 11, to tell a header from a line; AWS adds to them every year. */
  private static final Set<String> KNOWN =
      Set.of(
          ("version accountid interfaceid srcaddr dstaddr srcport dstport protocol packets bytes"
                  + " start end action logstatus vpcid subnetid instanceid tcpflags type pktsrcaddr"
                  + " pktdstaddr region azid sublocationtype sublocationid pktsrcawsservice"
                  + " pktdstawsservice flowdirection trafficpath ecsclusterarn ecsclustername"
                  + " ecscontainerinstancearn ecscontainerinstanceid ecscontainerid"
                  + " ecssecondcontainerid ecsservicename ecstaskdefinitionarn ecstaskarn ecstaskid"
                  + " rejectreason resourceid encryptionstatus instancetag instancetag2"
                  + " interfacetag interfacetag2 asgtag asgtag2 interfacetype nexthopinterfaceid"
                  + " nexthopsubnetid nexthopazid nexthopvpcid nexthopinterfacetype")
              .split(" "));

  /** Version 2, whose order is fixed. */
  static final VpcFormat DEFAULT =
      of(
          List.of(
              "version",
              "account-id",
              "interface-id",
              "srcaddr",
              "dstaddr",
              "srcport",
              "dstport",
              "protocol",
              "packets",
              "bytes",
              "start",
              "end",
              "action",
              "log-status"));

  private final List<String> names;
  private final int[] columns = new int[Field.values().length];

  private VpcFormat(List<String> names) {
    this.names = List.copyOf(names);
    List<String> squashed = names.stream().map(VpcFormat::squash).toList();
    for (Field field : Field.values()) {
      columns[field.ordinal()] = squashed.indexOf(squash(field.id()));
    }
  }

  /**
   * A configured order.
   *
   * @throws IllegalArgumentException when it is empty, too long, has a name twice or one that is no
   *     name, or lacks the addresses, without which no line is a flow
   */
  static VpcFormat of(List<String> names) {
    if (names.isEmpty() || names.size() > MAX_FIELDS) {
      throw new IllegalArgumentException(
          "VPC flow log fields: expected 1 to " + MAX_FIELDS + ", found " + names.size());
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!isName(name) || !seen.add(squash(name))) {
        throw new IllegalArgumentException(
            "VPC flow log fields: not a field name, or twice: " + Printable.bounded(name, 80));
      }
    }
    VpcFormat format = new VpcFormat(names);
    if (format.column(Field.SRCADDR) < 0 && format.column(Field.PKT_SRCADDR) < 0) {
      throw new IllegalArgumentException("VPC flow log fields: neither srcaddr nor pkt-srcaddr");
    }
    if (format.column(Field.DSTADDR) < 0 && format.column(Field.PKT_DSTADDR) < 0) {
      throw new IllegalArgumentException("VPC flow log fields: neither dstaddr nor pkt-dstaddr");
    }
    return format;
  }

  /**
   * The order that a header line gives, {@code null} when the line is not a header. All of a
   * header's words are names and at least half of them known ones; a line has numbers or dashes.
   */
  static VpcFormat ofHeader(String line) {
    if (line.isEmpty() || !isLetter(line.charAt(0))) {
      return null;
    }
    List<String> names = new ArrayList<>();
    int known = 0;
    for (StringTokenizer words = new StringTokenizer(line); words.hasMoreTokens(); ) {
      String word = words.nextToken();
      if (!isName(word) || names.size() >= MAX_FIELDS) {
        return null;
      }
      names.add(word);
      known += KNOWN.contains(squash(word)) ? 1 : 0;
    }
    boolean distinct = names.stream().map(VpcFormat::squash).distinct().count() == names.size();
    return distinct && known * 2 >= names.size() ? new VpcFormat(names) : null;
  }

  /** Where a field stands in a line, -1 when the format has none. */
  int column(Field field) {
    return columns[field.ordinal()];
  }

  int size() {
    return names.size();
  }

  /** The header line that gives this order. */
  String header() {
    return String.join(" ", names);
  }

  private static String squash(String name) {
    return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }

  private static boolean isName(String word) {
    if (word.isEmpty() || word.length() > MAX_NAME || !isLetter(word.charAt(0))) {
      return false;
    }
    for (int i = 1; i < word.length(); i++) {
      char c = word.charAt(i);
      if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '-' && c != '_') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  }
}
