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
import java.util.stream.Collectors;
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
    long[] hours = new long[24];

    new FleetTraffic(fleet, Seen.MONDAY, Seen.MONDAY + Seen.DAY)
        .forEachRemaining(line -> hours[(int) ((line.time() - Seen.MONDAY) / Seen.HOUR)]++);

    long sum = 0;
    for (long lines : hours) {
      sum += lines;
      assertTrue(lines > 5_000, "an hour of " + lines + " lines");
    }
    double perSecond = sum * 1_000.0 / Seen.DAY;
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
    return Seen.lines(Fleet.of(spec), from, from + 40 * Seen.MINUTE).size();
  }

  @Test
  void bothNodesReportACallBetweenThemAndOneACallWithin() {
    Fleet fleet = Fleet.of(FleetSpec.of(17));
    Map<String, Set<String>> points = new HashMap<>();
    Map<String, Set<String>> nodes = new HashMap<>();

    for (Seen seen : Seen.read(Seen.lines(fleet, Seen.MONDAY, Seen.MONDAY + Seen.HOUR / 2))) {
      boolean podToPod =
          !seen.at("/source/pod_name").isEmpty() && !seen.at("/destination/pod_name").isEmpty();
      if (podToPod && seen.opens() && seen.serverPort() > 0) {
        String connection =
            seen.at("/IP/source") + seen.at("/IP/destination") + seen.at("/l4/TCP/source_port");
        of(points, connection).add(seen.at("/trace_observation_point"));
        of(nodes, connection).add(seen.line().node());
      }
    }

    long between = nodes.values().stream().filter(seenBy -> seenBy.size() == 2).count();
    assertTrue(between > 500 && between < points.size() - 5, between + " of " + points.size());
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
    Fleet fleet = Fleet.of(FleetSpec.of(18).withIntensity(0.1));
    Set<String> receivers = new HashSet<>();

    new FleetTraffic(fleet, Seen.MONDAY, Seen.MONDAY + 3 * Seen.DAY)
        .forEachRemaining(line -> receivers.add(receiver(Seen.text(line))));

    Map<String, Set<String>> templates = new TreeMap<>();
    Map<String, Set<String>> owners = new TreeMap<>();
    for (String receiver : receivers) {
      Matcher pod = LOCAL_POD.matcher(receiver);
      if (pod.find()) {
        String title = pod.group(1) + "/" + pod.group(3);
        String generated = pod.group(2).substring(pod.group(3).length() + 1);
        of(templates, title).add(generated.replaceFirst("-?[^-]+$", ""));
        of(owners, receiver.substring(0, receiver.indexOf(' '))).add(title);
      }
    }
    assertEquals(
        fleet.workloads().stream().map(Workload::title).collect(Collectors.toSet()),
        templates.keySet());
    long rolled =
        fleet.workloads().stream()
            .filter(workload -> workload.kind() == Workload.Kind.DEPLOYMENT)
            .filter(workload -> templates.get(workload.title()).size() > 1)
            .count();
    assertTrue(rolled >= 3, "rolled: " + rolled + " " + templates);
    long reused = owners.values().stream().filter(titles -> titles.size() > 1).count();
    assertTrue(reused >= 5, "addresses reused: " + reused + " " + owners);
  }

  /** Address and description of the receiving pod of a line, empty if it names none in full. */
  private static String receiver(String line) {
    int start = line.indexOf(",\"destination\":{\"ID\"");
    if (start < 0) {
      return "";
    }
    int ip = line.indexOf("\"destination\":\"", line.indexOf("\"IP\":{")) + 15;
    return line.substring(ip, line.indexOf('"', ip))
        + " "
        + line.substring(start, line.indexOf("\"Type\"", start));
  }

  private static Set<String> of(Map<String, Set<String>> sets, String key) {
    return sets.computeIfAbsent(key, k -> new HashSet<>());
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
    long from = Seen.MONDAY + 2 * Seen.HOUR + 14 * Seen.MINUTE;

    for (Seen seen : Seen.read(Seen.lines(fleet, from, from + 12 * Seen.MINUTE))) {
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
    long evening = Seen.MONDAY + 20 * Seen.HOUR;
    int[] minutes = new int[6 * 60];

    new FleetTraffic(fleet, evening, evening + 6 * Seen.HOUR)
        .forEachRemaining(
            line -> {
              String text = Seen.text(line);
              if (text.contains("\"TO_ENDPOINT\",\"trace_reason\":\"NEW\"")
                  && text.contains("\"destination_port\":8080")) {
                Seen seen = Seen.of(line);
                if (seen.from(client) && seen.to(server)) {
                  minutes[(int) ((line.time() - evening) / Seen.MINUTE)]++;
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
