package io.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DnsDgaTest extends DetectorContract<DgaState> {

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

  /** Names as people choose them, with a slip of the finger here and there. */
  private static final List<String> CHOSEN =
      List.of(
          "gogle",
          "faceboook",
          "wikipeda",
          "northwind",
          "contoso",
          "riverbank",
          "greenfield",
          "acmetools",
          "bluebird",
          "paymentsgateway",
          "oldvendor",
          "stagingportal",
          "mailrelay",
          "harborlight",
          "openmetrics",
          "summitbank",
          "cloudnotes",
          "quickinvoice",
          "sunrisecafe",
          "techsupply",
          "brightpath",
          "redmaple",
          "stonebridge",
          "silverlake",
          "datahaven");

  @Override
  Detector<DgaState> detector() {
    return DnsDga.defaults();
  }

  @Override
  TestActivity ordinary(int index) {
    TestActivity activity = TestActivity.silence().asked("github.com", "api.github.com");
    if (index % 50 == 0) {
      String domain = CHOSEN.get(index / 50 % CHOSEN.size()) + ".test";
      activity.askedInVain(domain, "www." + domain);
    }
    return activity;
  }

  @Override
  List<TestActivity> deviation(int step) {
    List<TestActivity> windows = new ArrayList<>();
    for (int w = 0; w < 6; w++) {
      windows.add(inVain(w * 3 * step, 3 * step, "abcdefghijklmnopqrstuvwxyz", 12));
    }
    return windows;
  }

  @Override
  TestActivity flood(int index) {
    return inVain(index * 200, 200, LETTERS, 63);
  }

  @Override
  int largestState() {
    return 30_000;
  }

  @Override
  boolean speaksEarly() {
    return true;
  }

  @Override
  int floods() {
    return 200;
  }

  /**
   * How families write the labels that they generate: alphabet and lengths of published
   * descriptions, not their algorithms, which would tell nothing more to a detector of form.
   */
  @ParameterizedTest
  @CsvSource({
    "conficker, abcdefghijklmnopqrstuvwxyz, 5, 11",
    "conficker-c, abcdefghijklmnopqrstuvwxyz, 4, 9",
    "cryptolocker, abcdefghijklmnopqrstuvwxy, 12, 15",
    "gameover, abcdefghijklmnopqrstuvwxyz0123456789, 20, 28",
    "necurs, abcdefghijklmnopqrstuvwxyz, 7, 21",
    "ramnit, abcdefghijklmnopqrstuvwxy, 8, 19",
    "ranbyus, abcdefghijklmnopqrstuvwxy, 14, 17",
    "locky, abcdefghijklmnopqrstuvwxy, 5, 17",
    "dyre, abcdef0123456789, 34, 34",
    "bamital, abcdef0123456789, 32, 32",
    "murofet, abcdefghijklmnopqrstuvwxyz, 12, 16",
    "murofet-w, abcdefghijklmnopqrstuvwxyz0123456789, 20, 32",
    "qakbot, abcdefghijklmnopqrstuvwxyz, 8, 25",
    "tinba, bcdefghijklmnopqrstuvwxy, 12, 12",
    "shiotob, abcdefghijklmnopqrstuvwxyz12345, 10, 15",
    "corebot, abcdefghijklmnopqrstuvwxyz12345678, 12, 23",
    "pushdo-like, bcdfghjklmnpqrstvwxz, 8, 12",
    "proslikefan, abcdefghijklmnopqrstuvwxyz, 6, 12",
    "dircrypt, abcdefghijklmnopqrstuvwxyz, 8, 20",
    "padcrypt, abcdefklmno, 16, 24",
    "chinad, abcdefghijklmnopqrstuvwxyz0123456789, 16, 16",
    "newgoz, abcdefghijklmnopqrstuvwxyz0123456789, 24, 28",
    "fobber, abcdefghijklmnopqrstuvwxyz, 10, 17",
    "vawtrak-like, abcdefghijklmnopqrstuvwxyz, 7, 12",
    "emotet, abcdefghijklmnopqrstuvwxy, 16, 16",
    "sphinx, abcdefghijklmnopqrstuvwxyz, 16, 16",
    "wd, abcdef0123456789, 32, 36",
    "pykspa, abcdefghijklmnopqrstuvwxyz, 6, 15",
    "ud2, abcdefghijklmnopqrstuvwxyz, 13, 13",
    "mydoom, aehmnpqrsw, 10, 10"
  })
  void theFormOfKnownFamiliesIsFound(String family, String alphabet, int shortest, int longest) {
    for (int seed = 1; seed <= 5; seed++) {
      Random random = new Random(seed);
      Trial<DgaState> trial = seasoned();
      List<Signal> signals = new ArrayList<>();

      for (int w = 0; w < 20; w++) {
        String label = text(random, alphabet, shortest + random.nextInt(longest - shortest + 1));
        signals.addAll(
            trial.then(TestActivity.silence().askedInVain(label + ".test", label + ".test")));
      }

      assertFalse(signals.isEmpty(), family + ", seed " + seed);
      assertEquals("nxdomain", signals.get(0).subject());
    }
  }

  @Test
  void clearCasesScoreBetween55And95() {
    Trial<DgaState> trial = seasoned();

    Signal signal = trial.then(inVain(0, 30, LETTERS, 12)).get(0);

    assertTrue(signal.score() >= 55 && signal.score() <= 95, "score " + signal.score());
    assertEquals(20, signal.evidence().size());
  }

  @Test
  void namesThatPeopleChooseAreNotUnlikely() {
    Trial<DgaState> trial = seasoned();
    TestActivity activity = TestActivity.silence();
    for (String name : CHOSEN) {
      activity.askedInVain(name + ".example", "www." + name + ".example");
    }

    assertEquals(List.of(), trial.then(activity));
  }

  @Test
  void wordsAreFoundByTheirNumberOnly() {
    Trial<DgaState> trial = seasoned();
    List<Signal> signals = new ArrayList<>();
    int asked = 0;

    for (String first : CHOSEN) {
      TestActivity activity = TestActivity.silence();
      for (String second : CHOSEN.subList(0, 3)) {
        activity.askedInVain(first + second + ".test", first + second + ".test");
      }
      asked += 3;
      List<Signal> found = trial.then(activity);
      assertTrue(found.isEmpty() || asked >= 60, "after " + asked);
      signals.addAll(found);
    }

    assertFalse(signals.isEmpty());
  }

  @Test
  void searchPathNoiseOfOneDomainIsNoSearchForAMaster() {
    Trial<DgaState> trial = seasoned();
    Random random = new Random(1);

    for (int w = 0; w < 60; w++) {
      TestActivity activity = TestActivity.silence();
      for (int i = 0; i < 20; i++) {
        // Expansions that were not stripped still share their registrable domain.
        activity.askedInVain("corp.example", text(random, LETTERS, 9) + ".svc.corp.example");
      }
      assertEquals(List.of(), trial.then(activity));
    }
  }

  @Test
  void aWorkloadThatAlwaysMeetsDeadDomainsIsUsualForIt() {
    Random random = new Random(3);
    Trial<DgaState> trial = new Trial<>(detector());
    trial.play(
        Duration.ofHours(26),
        Duration.ofMinutes(1),
        m -> TestActivity.silence().askedInVain(text(random, LETTERS, 10) + ".test"));
    List<Signal> usual = new ArrayList<>();

    for (int m = 0; m < 60; m++) {
      usual.addAll(
          trial.thenAfter(
              Duration.ofSeconds(50),
              TestActivity.silence().askedInVain(text(random, LETTERS, 10) + ".test")));
    }

    assertEquals(List.of(), usual);
    assertFalse(trial.then(inVain(0, 60, LETTERS, 12)).isEmpty(), "six times as many");
  }

  @Test
  void aDomainThatAnswersIsNotCounted() {
    Trial<DgaState> trial = seasoned();
    trial.then(inVain(0, 9, LETTERS, 12));
    TestActivity answered = TestActivity.silence();
    for (int i = 0; i < 9; i++) {
      String domain = text(new Random(i), LETTERS, 12) + ".test";
      answered.asked(domain, domain);
    }
    trial.then(answered);

    assertEquals(List.of(), trial.then(inVain(100, 9, LETTERS, 12)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void restoringTheStateBetweenAnyTwoWindowsChangesNothing(long seed) {
    Random random = new Random(seed);
    Trial<DgaState> kept = seasoned();
    Trial<DgaState> restored = seasoned();

    for (int w = 0; w < 1000; w++) {
      int first = random.nextInt(2000);
      int count = random.nextInt(random.nextInt(50) == 0 ? 200 : 3);
      Duration gap = Duration.ofSeconds(random.nextInt(8) == 0 ? random.nextInt(900) : 0);
      restored = Trial.resume(detector(), restored.bytes(), restored.profile());

      assertEquals(
          kept.thenAfter(gap, inVain(first, count, LETTERS, 11)),
          restored.thenAfter(gap, inVain(first, count, LETTERS, 11)),
          "seed " + seed);
      assertArrayEquals(kept.bytes(), restored.bytes(), "seed " + seed);
    }
  }

  @Test
  void theWrittenFormIsPinned() {
    Trial<DgaState> trial = new Trial<>(detector());
    trial.then(TestActivity.silence().askedInVain("a.test", "a.test"));
    trial.thenAfter(Duration.ofMinutes(11), TestActivity.silence().askedInVain("b.test", "b.test"));

    assertEquals(
        "0180a0abfef962c0d4821bbcd2390201000000027efb6133290dad18c0d4821b"
            + "07622e7465737402380044fb290c60aa",
        HexFormat.of().formatHex(trial.bytes()));
  }

  private static TestActivity inVain(int first, int count, String alphabet, int length) {
    TestActivity activity = TestActivity.silence();
    for (int i = first; i < first + count; i++) {
      String domain = text(new Random(i), alphabet, length) + ".test";
      activity.askedInVain(domain, domain);
    }
    return activity;
  }

  private static String text(Random random, String alphabet, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
