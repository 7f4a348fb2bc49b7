package io.tidemark.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class StatementJsonTest {

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyKindIsReadAsItWasWritten(Kind kind) {
    Statement statement =
        new Statement(
            "id \u001b[31m \u202e",
            kind,
            new Selection("a/b/*", "volume", "\u00e9*", "0123"),
            "true",
            1_000,
            2_000,
            "why \"so\"",
            "me",
            1_736_157_600_123L);

    String line = StatementJson.write(statement);

    assertEquals(statement, StatementJson.read(line));
    assertTrue(line.chars().allMatch(c -> c >= ' ' && c < 127), line);
  }

  @Test
  void whatIsNotSaidIsLeftOutAndReadAsNotSaid() {
    Statement statement = Statement.revoke("a", "", "", Statement.ALWAYS);

    String line = StatementJson.write(statement);

    assertEquals("{\"id\":\"a\",\"kind\":\"revoke\"}", line);
    assertEquals(statement, StatementJson.read(line));
  }

  @Test
  void aListedLineIsAStatement() {
    Statement statement = Said.said("a", Kind.FREEZE, Selection.ALL, 0, 10).writtenAt(5);

    String line = StatementJson.write(new Entry(statement, null), 20);

    assertTrue(line.contains("\"standing\":\"expired\""), line);
    assertEquals(statement, StatementJson.read(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "nothing; not JSON",
        "[]; not a JSON object",
        "{\"kind\":\"suppress\"}; id: missing",
        "{\"id\":\"a\",\"kind\":\"mute\"}; kind: unknown: mute",
        "{\"id\":\"a\",\"kind\":\"suppress\",\"until\":\"soon\"}; until: not an ISO 8601 time: soon",
        "{\"id\":\"a\",\"kind\":\"suppress\",\"reason\":7}; reason: not text: 7"
      })
  void whatIsNoStatementIsRefusedWithItsField(String line, String message) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> StatementJson.read(line));

    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "prod/shop/web, prod/shop/web, true",
    "prod/shop/web, prod/shop/web2, false",
    "prod/shop/*, prod/shop/, true",
    "*/shop/w*b, prod/shop/web, true",
    "*/shop/w*b, prod/shop/webs, false",
    "*, anything/at/all, true",
    "*a*b*c, xxabcbc, true",
    "*a*b*c, xxacbxx, false"
  })
  void aStarStandsForAnyRunOfCharacters(String pattern, String text, boolean matches) {
    assertEquals(matches, new Glob(pattern).matches(text));
  }
}
