package io.tidemark.config;

import static io.tidemark.config.Written.loaded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsPrintedLoadsEqual(boolean commented) {
    LoadedConfig loaded =
        loaded(
            """
            identity: {cluster: "yes", named-ranges: {"a: b": []}}
            windows: {length: 90s, max-future: 1500ms}
            kafka: {client.id: null-ish, empty: "", tilde: "~", number: "1"}
            state: {backend: memory}
            """);

    LoadedConfig again = loaded(loaded.print(commented));

    assertEquals(loaded, again);
    assertEquals(loaded.print(commented), again.print(commented));
  }

  @Test
  void anyTextSurvivesPrintingAndIsPrintedInAscii() {
    long seed = 7L;
    Random random = new Random(seed);
    String pieces = "ab0:#-?{}[],&*!|>'\"%@` \n\t\r\\<~=.$/é\u0000\u0085\u2028\ufeff\u20ac";
    for (int i = 0; i < 1000; i++) {
      Map<String, String> settings = new LinkedHashMap<>();
      settings.put("k" + text(random, pieces), text(random, pieces));
      settings.put("emoji", "\ud83c\udf0a" + text(random, pieces));
      Config config = Config.defaults().withKafka(settings);

      String printed = config.toString();

      String run = "seed " + seed + ", run " + i + ": " + printed;
      assertTrue(printed.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 127)), run);
      assertEquals(config, loaded(printed).config(), run);
    }
  }

  private static String text(Random random, String pieces) {
    StringBuilder text = new StringBuilder();
    for (int j = random.nextInt(8); j > 0; j--) {
      text.append(pieces.charAt(random.nextInt(pieces.length())));
    }
    return text.toString();
  }
}
