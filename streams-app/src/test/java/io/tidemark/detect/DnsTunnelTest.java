package io.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DnsTunnelTest extends DetectorContract<TunnelState> {

  private static final String HEX = "0123456789abcdef";
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final String EVIL = "evil.example";

  @Override
  Detector<TunnelState> detector() {
    return DnsTunnel.defaults();
  }

  @Override
  TestActivity ordinary(int index) {
    return TestActivity.silence()
        .asked("amazonaws.com", bucket(index % 40), bucket(index % 7))
        .asked("github.com", "api.github.com", "github.com");
  }

  @Override
  List<TestActivity> deviation(int step) {
    return windows(6, 10 * step, i -> text(HEX, 40, i) + "." + EVIL);
  }

  @Override
  TestActivity flood(int index) {
    TestActivity activity = TestActivity.silence();
    for (int i = 0; i < 20; i++) {
      String domain = "d" + (index * 20 + i) % 90 + ".example";
      int serial = index * 1000 + i * 50;
      activity.asked(
          domain,
          IntStream.range(serial, serial + 40)
              .mapToObj(n -> text(HEX, 32, n) + "." + domain)
              .toArray(String[]::new));
    }
    return activity;
  }

  @Override
  int largestState() {
    return 550_000;
  }

  @Override
  boolean speaksEarly() {
    return true;
  }

  @Override
  int floods() {
    return 400;
  }

  @Test
  void hexBase32AndBase64TunnelsAreFound() {
    for (String alphabet : new String[] {HEX, BASE32, BASE64}) {
      for (int length : new int[] {32, 60}) {
        List<Signal> signals = play(windows(12, 10, i -> text(alphabet, length, i) + "." + EVIL));

        assertFalse(signals.isEmpty(), alphabet + ", " + length + " characters");
        Signal first = signals.get(0);
        assertEquals(EVIL, first.subject());
        assertEquals(EVIL, first.evidence().get(0).peer());
        assertTrue(first.score() >= 55 && first.score() <= 95, "score " + first.score());
      }
    }
  }

  @Test
  void aTunnelInTextRecordsIsFoundWhateverItsNamesLookLike() {
    List<TestActivity> windows = new ArrayList<>();
    for (int w = 0; w < 12; w++) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        names.add("c" + (w * 10 + i) + "." + EVIL);
      }
      windows.add(TestActivity.silence().dns(EVIL, names, 9, false));
    }

    assertFalse(play(windows).isEmpty());
  }

  @Test
  void aSlowTunnelIsFoundOverTheHour() {
    Trial<TunnelState> trial = seasoned();
    List<Signal> signals = new ArrayList<>();

    for (int minute = 0; minute < 60; minute++) {
      int first = minute * 2;
      signals.addAll(
          trial.thenAfter(
              Duration.ofSeconds(50), one(2, i -> text(BASE32, 50, first + i) + "." + EVIL)));
    }

    assertFalse(signals.isEmpty());
    assertEquals("names in an hour", signals.get(0).measures().get(0).unit());
  }

  @Test
  void cloudHostNamesWithHashesAreNoTunnel() {
    List<IntFunction<String>> hosts =
        List.of(
            i -> "ec2-54-" + i % 256 + "-3-" + i + ".compute-1.amazonaws.com",
            i -> "my-bucket-prod-" + text(HEX, 4, i) + ".s3.eu-west-1.amazonaws.com",
            i -> "d" + text(BASE32, 13, i) + ".cloudfront.net",
            i -> "mydb" + i + "." + text(BASE32, 12, 1) + ".eu-west-1.rds.amazonaws.com",
            i ->
                "payments-api-" + text(HEX, 10, i) + "-" + text(BASE32, 5, i) + ".pods.example.com",
            i -> "edge-star-shv-0" + i % 10 + "-internationalproduction" + i + ".fbcdn.net",
            i -> "r" + i + "---sn-4g5e6nzl.googlevideo.com");
    for (IntFunction<String> host : hosts) {
      String name = host.apply(0);
      String domain = name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);

      assertEquals(List.of(), play(windowsOf(domain, 30, 20, host)), host.apply(0));
    }
  }

  @Test
  void whatAWorkloadAlwaysAskedIsUsualForIt() {
    IntFunction<String> chatty = i -> text(HEX, 32, i) + ".telemetry.example";
    Trial<TunnelState> trial = new Trial<>(detector());
    trial.play(
        Duration.ofHours(26),
        Duration.ofMinutes(1),
        m -> one("telemetry.example", 40, i -> chatty.apply(m * 40 + i)));

    List<Signal> usual = new ArrayList<>();
    List<Signal> more = new ArrayList<>();
    for (int m = 0; m < 30; m++) {
      int first = 1_000_000 + m * 40;
      usual.addAll(
          trial.thenAfter(
              Duration.ofSeconds(50), one("telemetry.example", 40, i -> chatty.apply(first + i))));
    }
    for (int w = 0; w < 30; w++) {
      int first = 2_000_000 + w * 100;
      more.addAll(trial.then(one("telemetry.example", 100, i -> chatty.apply(first + i))));
    }

    assertEquals(List.of(), usual);
    assertFalse(more.isEmpty(), "3000 names in five minutes against 200");
  }

  @Test
  void aMillionOtherDomainsDoNotHideATunnel() {
    Trial<TunnelState> trial = seasoned();
    List<Signal> signals = new ArrayList<>();

    for (int w = 0; w < 30; w++) {
      int window = w;
      TestActivity activity = one(4, i -> text(HEX, 40, window * 4 + i) + "." + EVIL);
      for (int i = 0; i < 200; i++) {
        String domain = "noise" + (w * 200 + i) + ".example";
        activity.asked(domain, "www." + domain);
      }
      signals.addAll(trial.then(activity));
    }

    assertFalse(signals.isEmpty());
    assertTrue(trial.state().domains.size() <= TunnelState.DOMAINS_KEPT);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void restoringTheStateBetweenAnyTwoWindowsChangesNothing(long seed) {
    Random random = new Random(seed);
    Trial<TunnelState> kept = seasoned();
    Trial<TunnelState> restored = seasoned();

    for (int w = 0; w < 500; w++) {
      String domain = "d" + random.nextInt(80) + ".example";
      int first = random.nextInt(1000);
      int count = 1 + random.nextInt(40);
      Duration gap = Duration.ofSeconds(random.nextInt(8) == 0 ? random.nextInt(900) : 0);
      IntFunction<String> name = i -> text(HEX, 30, first + i) + "." + domain;
      restored = Trial.resume(detector(), restored.bytes(), restored.profile());

      assertEquals(
          kept.thenAfter(gap, one(domain, count, name)),
          restored.thenAfter(gap, one(domain, count, name)),
          "seed " + seed);
      assertArrayEquals(kept.bytes(), restored.bytes(), "seed " + seed);
    }
  }

  @Test
  void theWrittenFormIsPinned() {
    Trial<TunnelState> trial = new Trial<>(detector());
    trial.then(TestActivity.silence().asked(EVIL, "a." + EVIL));

    assertEquals(
        "0280a0abfef962aad4821b020d6576696c2e6578616d706c65aad4821bffffff"
            + "ffffffffffff010001000000ffffffffffffffffff010001000000ffffffffff"
            + "ffffffff01000100000002aad4821b02a64e0c4e022422d30002000200000000"
            + "0000",
        HexFormat.of().formatHex(trial.bytes()));
  }

  private List<Signal> play(List<TestActivity> windows) {
    Trial<TunnelState> trial = seasoned();
    List<Signal> signals = new ArrayList<>();
    windows.forEach(window -> signals.addAll(trial.then(window)));
    return signals;
  }

  private static List<TestActivity> windows(int count, int names, IntFunction<String> name) {
    return windowsOf(EVIL, count, names, name);
  }

  private static List<TestActivity> windowsOf(
      String domain, int count, int names, IntFunction<String> name) {
    List<TestActivity> windows = new ArrayList<>();
    for (int w = 0; w < count; w++) {
      int first = w * names;
      windows.add(one(domain, names, i -> name.apply(first + i)));
    }
    return windows;
  }

  private static TestActivity one(int names, IntFunction<String> name) {
    return one(EVIL, names, name);
  }

  private static TestActivity one(String domain, int names, IntFunction<String> name) {
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < names; i++) {
      asked.add(name.apply(i));
    }
    Collections.sort(asked);
    return TestActivity.silence().dns(domain, asked, 0, false);
  }

  private static String bucket(int serial) {
    return "my-bucket-prod-" + text(HEX, 4, serial) + ".s3.eu-west-1.amazonaws.com";
  }

  /** Random characters, the same for the same serial number. */
  private static String text(String alphabet, int length, int serial) {
    Random random = new Random(serial * 7919L + length);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
