package io.tidemark.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RawRecordTest {

  @Test
  void utf8IsJudgedAsTheStandardLibraryJudgesIt() {
    long seed = 11;
    Random random = new Random(seed);
    byte[] mixed = "aaaaaaaaaaé€😀zzzzzzzzz\ud7ff\ue000".getBytes(StandardCharsets.UTF_8);
    int valid = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = mixed.clone();
      for (int n = random.nextInt(3); n > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      boolean expected = decodes(bytes);
      valid += expected ? 1 : 0;

      assertEquals(expected, RawRecord.firstInvalidUtf8(bytes) < 0, "seed " + seed);
    }
    assertTrue(valid > 1000 && valid < 19_000, "both kinds were tried: " + valid);
  }

  private static boolean decodes(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Test
  void aByteOrderMarkIsNoContent() {
    byte[] bytes = "\ufeff {}".getBytes(StandardCharsets.UTF_8);

    assertEquals(4, RawRecord.contentStart(bytes));
    assertEquals(
        new Parsed.Skipped("empty envelope"), new HubbleParser().parse(bytes, FlowParser.NO_TIME));
  }

  @Test
  void cachedTextIsMadeOnceAndNeverMistaken() {
    TextCache cache = new TextCache();
    for (int i = 0; i < 50_000; i++) {
      String text = i % 7 + "-prefix-that-is-longer-than-what-is-hashed-" + i;
      assertEquals(text, cache.get(text.toCharArray(), 0, text.length()));
    }
    char[] pod = "xcart-0x".toCharArray();

    assertSame(cache.get(pod, 1, 6), cache.get("cart-0".toCharArray(), 0, 6));
    assertEquals("x".repeat(300), cache.get("x".repeat(300).toCharArray(), 0, 300));
  }

  @Test
  void whatIsShownIsBoundedAndWithoutControls() {
    assertEquals("a\\u0000b\\u202ec\\ud800", Printable.bounded("a\0b\u202ec\ud800", 64));
    assertEquals("😀é", Printable.bounded("😀é", 64));
    assertEquals("x".repeat(16), Printable.bounded("x".repeat(16), 16));
    assertEquals("x".repeat(13) + "...", Printable.bounded("x".repeat(17), 16));
    for (int length = 0; length < 60; length++) {
      assertTrue(Printable.bounded("\u0007é😀".repeat(length), 16).length() <= 16);
    }
  }
}
