package io.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NameFormTest {

  @Test
  void onlyWhatIsLeftOfTheRegistrableDomainCounts() {
    assertEquals("a.b", NameForm.left("a.b.example.com", "example.com"));
    assertEquals("", NameForm.left("example.com", "example.com"));
    assertEquals("", NameForm.left("notexample.com", "example.com"));
    assertEquals("", NameForm.left("other.org", "example.com"));
    assertEquals("", NameForm.left("", ""));
  }

  @Test
  void encodedRunsAreCountedAndHostNamesAreNot() {
    assertEquals(32, NameForm.encodedLength("9f86d081884c7d659a2feaa0c55ad015"));
    assertEquals(32, NameForm.encodedLength("v1.9f86d081884c7d659a2feaa0c55ad015.x"));
    assertEquals(0, NameForm.encodedLength("ec2-54-12-3-4.compute-1"));
    assertEquals(0, NameForm.encodedLength("internalproductionloadbalancer"));
    assertEquals(0, NameForm.encodedLength("1699999999999"));
    assertEquals(0, NameForm.encodedLength("my-bucket-prod-7f3a.s3.eu-west-1"));
  }

  @Test
  void namesOfRealSitesAreLikelyAndRandomLettersAreNot() {
    List<String> sites =
        List.of(
            "google",
            "youtube",
            "facebook",
            "wikipedia",
            "amazon",
            "instagram",
            "linkedin",
            "netflix",
            "microsoft",
            "apple",
            "github",
            "stackoverflow",
            "kubernetes",
            "mozilla",
            "wordpress",
            "cloudflare",
            "paypal",
            "dropbox",
            "spotify",
            "salesforce",
            "debian",
            "elastic",
            "grafana",
            "zoom",
            "bbc",
            "nytimes",
            "theguardian",
            "office365",
            "booking");
    double known = sites.stream().mapToDouble(NameForm::unlikeliness).average().orElseThrow();
    long seed = 17;
    Random random = new Random(seed);
    double made = 0;
    for (int i = 0; i < 1000; i++) {
      made += NameForm.unlikeliness(letters(random, 8 + random.nextInt(9))) / 1000;
    }

    assertTrue(known < 0.25, "sites " + known);
    assertTrue(made > 0.6, "random " + made + ", seed " + seed);
  }

  @Test
  void everyTextHasAnUnlikelinessBetweenZeroAndOne() {
    for (String text :
        new String[] {"", "-", "\u00e9\u00e9", "9", "a".repeat(300), "xn--80ak6aa92e"}) {
      double unlikeliness = NameForm.unlikeliness(text);
      assertTrue(unlikeliness >= 0 && unlikeliness <= 1, text);
    }
  }

  private static String letters(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }
}
