package io.tidemark.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table in docs/detectors/dns-dga.md. */
final class GeneratedDomainsTest {

  private static final long START = Instant.parse("2026-03-02T10:00:00Z").toEpochMilli();
  private static final int SEEDS = 3;

  @ParameterizedTest(name = "{0}: {1} a minute")
  @CsvSource({
    "conficker, 10, abcdefghijklmnopqrstuvwxyz, 5, 11, com net org info biz",
    "necurs, 10, abcdefghijklmnopqrstuvwxyz, 7, 21, com bit tw xxx",
    "tinba, 10, bcdefghijklmnopqrstuvwxy, 12, 12, com net in ru",
    "bamital, 10, abcdef0123456789, 32, 32, info co.cc org",
    "gameover, 60, abcdefghijklmnopqrstuvwxyz0123456789, 20, 28, com net org biz",
    "padcrypt, 3, abcdefklmno, 16, 24, com de online co.uk",
    "bazar, 10, abcdefghijklmnopqrstuvwxyz, 12, 12, bazar",
    "virut, 60, abcdefghijklmnopqrstuvwxyz, 6, 6, com",
    "locky, 3, abcdefghijklmnopqrstuvwxy, 5, 17, ru pw work eu",
    "qakbot, 200, abcdefghijklmnopqrstuvwxyz, 8, 25, com net org",
  })
  void aFamilyIsFoundWithinTenMinutesOfItsFirstTry(
      String family, int perMinute, String alphabet, int shortest, int longest, String endings) {
    String[] tops = endings.split(" ", -1);
    for (long seed = 1; seed <= SEEDS; seed++) {
      Random random = new Random(seed);
      List<Lookup> lookups = new ArrayList<>();
      for (int i = 0; i < 10 * perMinute; i++) {
        StringBuilder name = new StringBuilder();
        for (int n = shortest + random.nextInt(longest - shortest + 1); n > 0; n--) {
          name.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        name.append('.').append(tops[random.nextInt(tops.length)]);
        lookups.add(lookup(random, i, perMinute, name.toString()));
      }

      check(family, seed, lookups);
    }
  }

  /** suppobox, matsnu and the like: two words, and so many that no host's slips come near. */
  @ParameterizedTest
  @CsvSource({"30, 2", "200, 2"})
  void dictionariesAreFoundByTheirNumber(int perMinute, int words) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Random random = new Random(seed);
      BenignHost.Day day = new BenignHost.Day(random, START);
      List<Lookup> lookups = new ArrayList<>();
      for (int i = 0; i < 10 * perMinute; i++) {
        lookups.add(lookup(random, i, perMinute, day.words(words) + ".net"));
      }

      check("dictionary", seed, lookups);
    }
  }

  private static Lookup lookup(Random random, int i, int perMinute, String name) {
    long time = START + i * 60_000L / perMinute + random.nextInt(200);
    return new Lookup(time, 40_000 + random.nextInt(20_000), name, "A", Lookup.NXDOMAIN);
  }

  private static void check(String family, long seed, List<Lookup> lookups) {
    List<Alert> alerts = Recording.observe(lookups, Recording.Shown.BOTH).alerts();
    List<Alert> found = alerts.stream().filter(a -> a.detector().equals("dns-dga")).toList();

    String what = family + ", seed " + seed + ": ";
    System.out.println(what + (found.isEmpty() ? "missed" : delay(found.get(0)) + " s"));
    assertTrue(found.size() == 1, what + alerts);
    assertEquals(found, alerts, what);
  }

  /** From the first query to the end of the window that fired: the horizon is ten minutes. */
  private static long delay(Alert alert) {
    return (alert.windowStart() + 600_000 - START) / 1000;
  }
}
