package io.tidemark.fleet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FleetTrafficTest {
  private static final Pattern LOCAL_POD =
      Pattern.compile(
          "\"namespace\":\"([^\"]+)\",\"labels\":[^\\]]*\\],\"pod_name\":\"([^\"]+)\",\"workloads\":\\[\\{\"name\":\"([^\"]+)\"");

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() throws NoSuchAlgorithmException {
    byte[] first = digest(FleetSpec.of(11));
    byte[] again = digest(FleetSpec.of(11));
    byte[] other = digest(FleetSpec.of(12));

    assertArrayEquals(first, again);
    assertFalse(MessageDigest.isEqual(first, other));
  }

  private static byte[] digest(FleetSpec spec) throws NoSuchAlgorithmException {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    Fleet fleet = Fleet.of(spec);
    List<Incident> incidents =
        Incident.scripted(fleet, Seen.MONDAY + 10 * Seen.MINUTE, 20 * Seen.MINUTE);
    FleetTraffic traffic =
        new FleetTraffic(fleet, Seen.MONDAY, Seen.MONDAY + 3 * Seen.HOUR, incidents);
    traffic.forEachRemaining(line -> sha.update(line.json()));
    return sha.digest();
  }

  @Test
  void aLaterEndOnlyAddsLines() {
    Fleet fleet = Fleet.of(FleetSpec.of(13));

    List<Line> shorter = Seen.lines(fleet, Seen.MONDAY, Seen.MONDAY + 10 * Seen.MINUTE);
    List<String> longer =
        Seen.lines(fleet, Seen.MONDAY, Seen.MONDAY + 20 * Seen.MINUTE).stream()
            .filter(line -> line.time() < Seen.MONDAY + 10 * Seen.MINUTE)
            .map(Seen::text)
            .toList();

    assertEquals(longer, shorter.stream().map(Seen::text).toList());
  }

  @Test
  void timesLieInTheSpanAndRunBackLessThanASecond() {
    long from = Seen.MONDAY + 5 * Seen.HOUR;
    long latest = from;
    long backwards = 0;
    FleetTraffic traffic = new FleetTraffic(Fleet.of(FleetSpec.of(14)), from, from + 6 * Seen.HOUR);

    while (traffic.hasNext()) {
      long time = traffic.next().time();
      assertTrue(time >= from && time < from + 6 * Seen.HOUR, "time " + time);
      backwards = Math.max(backwards, latest - time);
      latest = Math.max(latest, time);
    }

    assertTrue(backwards > 0 && backwards < 1_000, "backwards by " + backwards);
    assertThrows(NoSuchElementException.class, traffic::next);
  }

  @Test
  void aDayHasThreeToFiveLinesASecondAndMoreInTheEveningThanAtNight() {
    Fleet fleet = Fleet.of(FleetSpec.of(15));
    long[] hours = new long[48];

    new FleetTraffic(fleet, Seen.MONDAY, Seen.MONDAY + 2 * Seen.DAY)
        .forEachRemaining(line -> hours[(int) ((line.time() - Seen.MONDAY) / Seen.HOUR)]++);

    long sum = 0;
    for (long lines : hours) {
      sum += lines;
      assertTrue(lines > 5_000, "an hour of " + lines + " lines");
    }
    double perSecond = sum * 1_000.0 / (2 * Seen.DAY);
    assertTrue(perSecond > 3 && perSecond < 5.2, "lines a second: " + perSecond);
    assertTrue(hours[20] > 1.3 * hours[3], hours[20] + " and " + hours[3]);
  }

  @Test
  void intensityScalesTheNumberOfLines() {
    FleetSpec spec = FleetSpec.of(16);

    double once = count(spec);
    double tenTimes = count(spec.withIntensity(10));

    assertEquals(10, tenTimes / once, 1);
  }

  private static long count(FleetSpec spec) {
    long from = Seen.MONDAY + 12 * Seen.HOUR;
    return Seen.lines(Fleet.of(spec), from, from + 90 * Seen.MINUTE).size();
  }

  @Test
  void bothNodesReportACallBetweenThem() {
    Fleet fleet = Fleet.of(FleetSpec.of(17));
    Workload client = fleet.workload("shop/storefront");
    Workload server = fleet.workload("shop/catalog");
    Map<String, Set<String>> points = new HashMap<>();
    Map<String, Set<String>> nodes = new HashMap<>();

    for (Seen seen : Seen.read(Seen.lines(fleet, Seen.MONDAY, Seen.MONDAY + Seen.HOUR))) {
      if (seen.opens() && seen.from(client) && seen.to(server)) {
        String connection = seen.at("/IP/source") + seen.at("/l4/TCP/source_port");
        points
            .computeIfAbsent(connection, key -> new HashSet<>())
            .add(seen.at("/trace_observation_point"));
        nodes.computeIfAbsent(connection, key -> new HashSet<>()).add(seen.line().node());
      }
    }

    long twice = nodes.values().stream().filter(seenBy -> seenBy.size() == 2).count();
    assertTrue(twice > 500 && twice < points.size(), twice + " of " + points.size());
    points.forEach(
        (connection, at) ->
            assertEquals(
                nodes.get(connection).size() == 2
                    ? Set.of("TO_STACK", "TO_ENDPOINT")
                    : Set.of("TO_ENDPOINT"),
                at));
  }

  @Test
  void rolloutsRenamePodsButNotWorkloadsAndAddressesFindNewOwners() {
    Fleet fleet = Fleet.of(FleetSpec.of(18).withIntensity(0.3));
    Map<String, Set<String>> templates = new TreeMap<>();
    Map<String, Set<String>> owners = new TreeMap<>();
    Set<String> workloads = new HashSet<>();

    new FleetTraffic(fleet, Seen.MONDAY, Seen.MONDAY + 3 * Seen.DAY)
        .forEachRemaining(
            line -> {
              String text = Seen.text(line);
              Matcher pod = LOCAL_POD.matcher(text);
              while (pod.find()) {
                String title = pod.group(1) + "/" + pod.group(3);
                workloads.add(title);
                String rest = pod.group(2).substring(pod.group(3).length() + 1);
                templates
                    .computeIfAbsent(title, key -> new HashSet<>())
                    .add(rest.replaceFirst("-?[^-]+$", ""));
              }
              if (text.contains("TO_ENDPOINT")) {
                String tail = text.substring(text.indexOf(",\"destination\":{\"ID\""));
                Matcher owner = LOCAL_POD.matcher(tail);
                assertTrue(owner.find());
                String address = text.split("\"destination\":\"", 4)[2].split("\"", 2)[0];
                owners.computeIfAbsent(address, key -> new HashSet<>()).add(owner.group(3));
              }
            });

    long rolled =
        fleet.workloads().stream()
            .filter(w -> w.kind() == Workload.Kind.DEPLOYMENT)
            .filter(w -> templates.get(w.title()).size() > 1)
            .count();
    assertTrue(rolled >= 3, "rolled: " + rolled + " " + templates);
    assertTrue(
        owners.values().stream().anyMatch(names -> names.size() > 1), "addresses: " + owners);
    fleet.workloads().forEach(w -> assertTrue(workloads.contains(w.title()), w.title()));
    assertEquals(40, workloads.size());
  }

  @Test
  void podNamesAreThoseOfTheirControllers() {
    Fleet fleet = Fleet.of(FleetSpec.of(19));
    String part = "[" + Names.SAFE + "]";
    Map<String, String> patterns =
        Map.of(
            "Deployment", "-" + part + "{9,10}-" + part + "{5}",
            "StatefulSet", "-[0-9]",
            "DaemonSet", "-" + part + "{5}",
            "CronJob", "-[0-9]{8}-" + part + "{5}");
    long from = Seen.MONDAY + 2 * Seen.HOUR;

    for (Seen seen : Seen.read(Seen.lines(fleet, from, from + 40 * Seen.MINUTE))) {
      for (String side : List.of("/source", "/destination")) {
        if (seen.flow().at(side).has("workloads")) {
          String kind = seen.at(side + "/workloads/0/kind");
          String name = seen.at(side + "/workloads/0/name");
          String pod = seen.at(side + "/pod_name");
          assertTrue(pod.matches(Pattern.quote(name) + patterns.get(kind)), kind + " " + pod);
        }
      }
    }
  }

  @Test
  void theBusyEdgeIsBusyDayAndNightAndEven() {
    Fleet fleet = Fleet.of(FleetSpec.of(20));
    Workload client = fleet.workload("shop/storefront");
    Workload server = fleet.workload("shop/catalog");
    int[] minutes = new int[24 * 60];

    new FleetTraffic(fleet, Seen.MONDAY, Seen.MONDAY + Seen.DAY)
        .forEachRemaining(
            line -> {
              String text = Seen.text(line);
              if (text.contains("\"TO_ENDPOINT\",\"trace_reason\":\"NEW\"")
                  && text.contains("\"destination_port\":8080")) {
                Seen seen = Seen.of(line);
                if (seen.from(client) && seen.to(server)) {
                  minutes[(int) ((line.time() - Seen.MONDAY) / Seen.MINUTE)]++;
                }
              }
            });

    int sum = 0;
    for (int minute = 0; minute < minutes.length; minute++) {
      sum += minutes[minute];
      assertTrue(minutes[minute] >= 15 && minutes[minute] <= 30, minute + ": " + minutes[minute]);
    }
    assertTrue(sum >= 20 * minutes.length, "connections: " + sum);
  }

  @Test
  void aSpanThatRunsBackwardsIsRefused() {
    Fleet fleet = Fleet.of(FleetSpec.of(1));

    assertThrows(IllegalArgumentException.class, () -> new FleetTraffic(fleet, 5, 4));
  }

  @Test
  void anEmptySpanHasNoLines() {
    assertFalse(new FleetTraffic(Fleet.of(FleetSpec.of(1)), Seen.MONDAY, Seen.MONDAY).hasNext());
  }
}
