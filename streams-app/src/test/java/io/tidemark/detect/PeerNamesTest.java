package io.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemark.flow.Direction;
import io.tidemark.flow.DomainNames;
import io.tidemark.flow.IdentitySettings;
import io.tidemark.flow.Peer;
import io.tidemark.flow.Ranges;
import io.tidemark.state.Codec;
import io.tidemark.state.CodecContract;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.window.Activity;
import io.tidemark.window.DnsActivity;
import io.tidemark.window.EdgeKey;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PeerNamesTest {

  private static final Codec<PeerNames> CODEC =
      new Codec<>() {
        @Override
        public void write(PeerNames names, StateWriter out) {
          names.write(out);
        }

        @Override
        public PeerNames read(StateReader in) {
          return PeerNames.read(in);
        }
      };

  private final DomainNames domains = new DomainNames(IdentitySettings.defaults());
  private final PeerNames names = new PeerNames();

  @Test
  void anAddressGoesByItsDomainElseItsRangeElseItself() {
    Ranges<String> ranges = new Ranges<>();
    ranges.add("203.0.113.0/24", "named-ranges", "partner");
    names.learn(
        answers(Map.of("198.51.100.1", "api.example.com", "203.0.113.9", "x.io")), 0, domains);

    assertEquals(new Peer(Peer.Type.DOMAIN, "example.com"), name("198.51.100.1", ranges));
    assertEquals(new Peer(Peer.Type.DOMAIN, "x.io"), name("203.0.113.9", ranges));
    assertEquals(new Peer(Peer.Type.RANGE, "partner"), name("203.0.113.1", ranges));
    assertEquals(Peer.ofAddress("192.0.2.1"), name("192.0.2.1", ranges));
  }

  @Test
  void theAddressNotUsedForTheLongestTimeGoesFirst() {
    for (int i = 0; i <= PeerNames.KEPT; i++) {
      names.learn(answers(Map.of(address(i), "www.d" + i + ".com")), i * 10_000L, domains);
    }

    assertEquals(Peer.ofAddress(address(0)), name(address(0), new Ranges<>()));
    assertEquals(new Peer(Peer.Type.DOMAIN, "d1.com"), name(address(1), new Ranges<>()));
  }

  @Test
  void whatItRemembersSurvivesBeingWritten() {
    names.learn(
        answers(Map.of("198.51.100.1", "api.example.com", "2001:db8::1", "x.io")), 7, domains);

    byte[] bytes = CODEC.toBytes(names);

    assertArrayEquals(bytes, CODEC.toBytes(CODEC.fromBytes(bytes)));
    CodecContract.survivesDamage("peer names", CODEC, bytes);
  }

  private Peer name(String address, Ranges<String> ranges) {
    EdgeKey edge = new EdgeKey(Direction.EGRESS, Peer.ofAddress(address), 6, 443);
    return names.named(edge, ranges).peer();
  }

  private static String address(int i) {
    return "198.51." + i / 256 + "." + i % 256;
  }

  private static Activity answers(Map<String, String> answers) {
    Activity activity = new Activity();
    activity.mergeDns(
        DnsActivity.of(
            new DnsActivity.Facts(new long[0], Map.of(), false, new TreeMap<>(answers))));
    return activity;
  }
}
