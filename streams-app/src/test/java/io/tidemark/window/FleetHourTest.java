package io.tidemark.window;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Peer;
import io.tidemark.flow.Workload;
import io.tidemark.state.CodecContract;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FleetHourTest {

  private static final Peer PARTNER = new Peer(Peer.Type.DOMAIN, "partner.example");

  private record Meeting(long workload, long peer) {}

  @Test
  void theShareOfAPeerIsThatOfTheWorkloadsThatMetIt() {
    FleetHour hour = new FleetHour();

    for (int i = 0; i < 20; i++) {
      hour.met(workload(i), domain("common.example"));
      if (i < 3) {
        hour.met(workload(i), FleetHour.rank(Direction.EGRESS, PARTNER));
      }
    }

    assertEquals(1, hour.share(domain("common.example")));
    assertEquals(0.15, hour.share(FleetHour.rank(Direction.EGRESS, PARTNER)));
    assertEquals(0, hour.share(FleetHour.rank(Direction.INGRESS, PARTNER)));
    assertEquals(0, hour.share(domain("nobody.example")));
  }

  @Test
  void aLargeFleetIsEstimatedWithinFourStandardErrors() {
    FleetHour hour = new FleetHour();

    for (int i = 0; i < 5_000; i++) {
      hour.met(workload(i), domain("common.example"));
      if (i % 5 == 0) {
        hour.met(workload(i), domain("some.example"));
      }
    }

    double error = 4 * Math.hypot(0.18, 0.063);
    assertEquals(1, hour.share(domain("common.example")), error);
    assertEquals(0.2, hour.share(domain("some.example")), 0.2 * error);
  }

  @Test
  void ofASmallFleetNothingIsSaid() {
    FleetHour hour = new FleetHour();

    for (int i = 0; i < FleetHour.LEAST_FLEET - 1; i++) {
      hour.met(workload(i), domain("common.example"));
    }

    assertEquals(Double.NaN, hour.share(domain("common.example")));
  }

  @Test
  void addressesOutsideCountAsTheirNetwork() {
    FleetHour hour = new FleetHour();

    for (int i = 0; i < 20; i++) {
      Peer address = Peer.ofAddress("203.0.113." + i);
      hour.met(workload(i), FleetHour.rank(Direction.EGRESS, address));
    }

    Peer another = Peer.ofAddress("203.0.113.200");
    assertEquals(1, hour.share(FleetHour.rank(Direction.EGRESS, another)));
  }

  @Test
  void howItWasSpreadAndInterleavedMakesNoDifference() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      List<Meeting> meetings = new ArrayList<>();
      // More peers than there is room for.
      for (int i = 0; i < 9_000; i++) {
        meetings.add(new Meeting(workload(random.nextInt(400)), peer(random)));
      }
      byte[] one = FleetHour.CODEC.toBytes(spread(meetings, 1, random));

      for (int parts : new int[] {3, 8}) {
        Collections.shuffle(meetings, random);
        byte[] many = FleetHour.CODEC.toBytes(spread(meetings, parts, random));

        assertArrayEquals(one, many, "seed " + seed + ", " + parts + " parts");
      }
    }
  }

  @Test
  void whereThereIsNoRoomNamedPeersStayAndOfTheOthersNothingIsSaid() {
    FleetHour hour = new FleetHour();
    for (int i = 0; i < 20; i++) {
      hour.met(workload(i), domain("common.example"));
    }

    for (int i = 0; i < 3 * FleetHour.PEERS_KEPT; i++) {
      Peer caller = Peer.ofAddress("11." + i / 256 + '.' + i % 256 + ".1");
      hour.met(workload(0), FleetHour.rank(Direction.INGRESS, caller));
    }

    assertEquals(1, hour.share(domain("common.example")));
    assertEquals(0, hour.share(domain("nobody.example")));
    int unknown = 0;
    for (int i = 0; i < 100; i++) {
      Peer caller = Peer.ofAddress("12.0." + i + ".1");
      unknown += Double.isNaN(hour.share(FleetHour.rank(Direction.INGRESS, caller))) ? 1 : 0;
    }
    assertTrue(unknown > 40, "unknown: " + unknown);
    assertTrue(FleetHour.CODEC.toBytes(hour).length < 300 * FleetHour.PEERS_KEPT);
  }

  @Test
  void anHourIsWrittenAsPinned() {
    FleetHour hour = new FleetHour();
    Workload bare = new Workload("default", "", "10.0.0.1");
    hour.met(workload(1), FleetHour.rank(Direction.EGRESS, PARTNER));
    hour.met(workload(2), FleetHour.rank(Direction.EGRESS, PARTNER));
    hour.met(workload(1), FleetHour.rank(Direction.INGRESS, Peer.ofAddress("2001:db8::1")));
    hour.met(workload(1), FleetHour.rank(Direction.EGRESS, Peer.of(bare)));

    CodecContract.check(FleetHourTest.class, "fleet-hour", FleetHour.CODEC, hour);
  }

  private static FleetHour spread(List<Meeting> meetings, int parts, Random random) {
    List<FleetHour> hours = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      hours.add(new FleetHour());
    }
    meetings.forEach(
        meeting -> hours.get(random.nextInt(parts)).met(meeting.workload(), meeting.peer()));
    FleetHour all = new FleetHour();
    hours.forEach(all::merge);
    return all;
  }

  private static long peer(Random random) {
    int some = random.nextInt(4_000);
    return random.nextBoolean()
        ? domain("d" + some + ".example")
        : FleetHour.rank(
            Direction.EGRESS, Peer.ofAddress("11." + some / 256 + '.' + some % 256 + ".1"));
  }

  private static long workload(int i) {
    return FleetHour.hash(new Workload("default", "shop", "app-" + i));
  }

  private static long domain(String name) {
    return FleetHour.rank(Direction.EGRESS, new Peer(Peer.Type.DOMAIN, name));
  }
}
