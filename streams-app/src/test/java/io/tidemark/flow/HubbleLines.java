package io.tidemark.flow;

import static io.tidemark.flow.HubbleJson.envelope;
import static io.tidemark.flow.HubbleJson.tcp;

import io.tidemark.fleet.Fleet;
import io.tidemark.fleet.FleetSpec;
import io.tidemark.fleet.FleetTraffic;
import io.tidemark.fleet.Incident;
import java.util.ArrayList;
import java.util.List;

/** Whole Hubble lines as Cilium writes them. */
final class HubbleLines {

  /** 2026-09-14T08:00:00Z, a Monday. */
  private static final long MONDAY = 1_789_372_800_000L;

  private static final long HOUR = 3_600_000;

  private static final String WORLD = "{\"identity\":2,\"labels\":[\"reserved:world\"]}";

  /** One of each form that a field has, escapes and 64-bit numbers included. */
  static final List<String> FORMS =
      List.of(
          envelope(""),
          envelope(tcp(40000, 443, "\"SYN\":true")),
          envelope(tcp(40000, 443, "\"FIN\":true,\"ACK\":true,\"PSH\":true,\"NS\":false")),
          envelope(tcp(40000, 443, "\"RST\":true") + ",\"is_reply\":true,\"reply\":true"),
          envelope("\"l4\":{\"ICMPv4\":{\"type\":8,\"code\":3}},\"is_reply\":false"),
          envelope("\"l4\":{\"ICMPv4\":{}},\"event_type\":{\"type\":4}"),
          envelope("\"l4\":{\"ICMPv6\":{\"type\":129}}"),
          envelope("\"l4\":{\"SCTP\":{\"source_port\":1,\"destination_port\":2}}"),
          envelope("\"l4\":{\"UDP\":{\"source_port\":53,\"destination_port\":65535}}"),
          envelope(
              "\"verdict\":\"DROPPED\",\"drop_reason\":133,\"drop_reason_desc\":\"POLICY_DENIED\","
                  + "\"event_type\":{\"type\":1,\"sub_type\":133},\"file\":{\"name\":\"bpf_lxc.c\","
                  + "\"line\":1365},\"egress_denied_by\":[{\"name\":\"deny\",\"labels\":[],"
                  + "\"revision\":\"18446744073709551615\"}]"),
          envelope("\"verdict\":\"DROPPED\",\"drop_reason\":181,\"traffic_direction\":\"INGRESS\""),
          envelope(
              "\"Type\":\"L3_L4\",\"event_type\":{\"type\":5},\"policy_match_type\":4,"
                  + "\"verdict\":\"AUDIT\",\"auth_type\":\"SPIRE\""),
          envelope(
              "\"Type\":\"SOCK\",\"event_type\":{\"type\":7},\"socket_cookie\":\"8589934592\""),
          envelope(
              "\"Type\":\"L7\",\"event_type\":{\"type\":129},\"l7\":{\"type\":\"RESPONSE\","
                  + "\"latency_ns\":\"999958359\",\"dns\":{\"query\":\"WWW.Example.com.\",\"ips\":"
                  + "[\"93.184.216.34\",\"2606:2800:220:1::1\"],\"ttl\":4294967295,\"cnames\":[],"
                  + "\"observation_source\":\"proxy\",\"rcode\":3,\"qtypes\":[\"A\",\"AAAA\"],"
                  + "\"rrtypes\":[\"CNAME\"]}},\"Summary\":\"DNS \\u003cA\\u003e \\\"\\\\\""),
          envelope(
              "\"l7\":{\"type\":\"RESPONSE\",\"latency_ns\":\"1500000\",\"http\":{\"code\":503,"
                  + "\"method\":\"GET\",\"url\":\"http://a/?b=1\\u0026c=2\",\"protocol\":\"HTTP/1.1\","
                  + "\"headers\":[{\"key\":\"Host\",\"value\":\"a\"},{}]}}"),
          envelope(
              "\"l7\":{\"type\":\"REQUEST\",\"kafka\":{\"api_key\":\"fetch\",\"topic\":\"t\"}}"),
          envelope(
              "\"aggregate\":{\"ingress_flow_count\":3,\"egress_flow_count\":4294967295,"
                  + "\"unknown_direction_flow_count\":1}"),
          envelope(
              "\"destination\":"
                  + WORLD
                  + ",\"destination_names\":[\"api.Example.com.\"],\"source_names\":[\"a.b\"],"
                  + "\"trace_observation_point\":\"TO_STACK\",\"trace_reason\":\"NEW\""),
          envelope(
              "\"source\":{\"identity\":16777217,\"labels\":[\"reserved:kube-apiserver\","
                  + "\"reserved:world\"]},\"destination\":{\"ID\":0}"),
          envelope("\"source\":{\"identity\":1},\"node_labels\":[\"a=b\",\"c\"]"),
          envelope("\"source\":{},\"tunnel\":{\"protocol\":\"VXLAN\",\"vni\":7}"),
          envelope(
              "\"source\":"
                  + HubbleJson.DB
                  + ",\"destination\":"
                  + HubbleJson.SHOP
                  + ",\"is_reply\":true,\"interface\":{\"index\":12,\"name\":\"lxc1\"}"),
          envelope("").replace("\"IP\":", "\"ethernet\":{\"source\":\"0e:7f\"},\"IP\":"),
          envelope("").replace("\"ipVersion\"", "\"encrypted\":true,\"ipVersion\""),
          envelope("").replace("10.0.0.1", "2001:DB8:0:0::1").replace("IPv4", "IPv6"),
          envelope("").replace(".123456789Z", "Z"),
          envelope("").replace(".123456789Z", ".5Z"),
          envelope("").replace("east/node-1", "node-1"),
          "{\"flow\":{\"time\":\"2026-09-15T16:20:01.123Z\",\"verdict\":\"FORWARDED\"}}");

  private HubbleLines() {}

  /** The first lines of two fleets in which all sorts of incidents happen. */
  static List<byte[]> ofFleets(int count) {
    FleetSpec plain = FleetSpec.of(20260915L);
    FleetSpec overlay =
        new FleetSpec(7, 40, 5, "reef", 1.0, FleetSpec.Datapath.OVERLAY, true, 60, 180);
    List<byte[]> lines = new ArrayList<>();
    for (FleetSpec spec : List.of(plain, overlay)) {
      Fleet fleet = Fleet.of(spec);
      List<Incident> incidents = Incident.scripted(fleet, MONDAY + HOUR / 6, HOUR / 3);
      FleetTraffic traffic = new FleetTraffic(fleet, MONDAY, MONDAY + 3 * HOUR, incidents);
      for (int i = 0; i < count / 2 && traffic.hasNext(); i++) {
        lines.add(traffic.next().json());
      }
    }
    return lines;
  }
}
