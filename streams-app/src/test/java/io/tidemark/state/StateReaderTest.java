package io.tidemark.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class StateReaderTest {

  @Test
  void everyValueComesBackAsItWas() {
    long[] longs = {0, 1, -1, 63, -64, 64, Long.MAX_VALUE, Long.MIN_VALUE};
    double[] doubles = {0.0, -0.0, 0.1, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE};
    StateWriter out = new StateWriter();
    for (long value : longs) {
      out.varlong(value).fixed64(value);
    }
    for (double value : doubles) {
      out.f64(value);
    }
    out.string(null).string("").string("Grüße, 世界").longs(longs).bytes(new byte[1_000]);

    StateReader in = new StateReader(out.toBytes());
    for (long value : longs) {
      assertEquals(value, in.varlong());
      assertEquals(value, in.fixed64());
    }
    for (double value : doubles) {
      assertEquals(Double.doubleToRawLongBits(value), Double.doubleToRawLongBits(in.f64()));
    }
    assertNull(in.string());
    assertEquals("", in.text());
    assertEquals("Grüße, 世界", in.string());
    assertArrayEquals(longs, in.longs());
    assertEquals(1_000, in.bytes().length);
    in.expectEnd();
  }

  @Test
  void whatIsFramedIsReadAsBytesFramesInFramesToo() {
    StateWriter out = new StateWriter();
    for (int length : new int[] {0, 3, 1000}) {
      out.framed(
          frame -> frame.framed(inner -> inner.longs(new long[length])).framed(x -> x.u8(length)));
    }

    StateReader in = new StateReader(out.toBytes());
    for (int length : new int[] {0, 3, 1000}) {
      StateReader frame = new StateReader(in.bytes());
      assertArrayEquals(new long[length], new StateReader(frame.bytes()).longs());
      assertArrayEquals(new byte[] {(byte) length}, frame.bytes());
      frame.expectEnd();
    }
    in.expectEnd();
  }

  @Test
  void aStringIsItsUtf8WhereverItIsNotAscii() {
    String[] texts = {
      "a", "aé", "éa", "a\u007f\u0080", "x".repeat(300) + "界", "a\ud83d\ude00", "\ud83d"
    };
    for (String text : texts) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);

      byte[] written = new StateWriter().u8(7).string(text).u8(9).toBytes();

      assertArrayEquals(new StateWriter().u8(7).bytes(utf8).u8(9).toBytes(), written, text);
    }
  }

  @Test
  void everyReadBeyondTheEndIsAFormatError() {
    List<Consumer<StateReader>> reads =
        List.of(
            StateReader::u8,
            StateReader::bool,
            StateReader::varlong,
            StateReader::varint,
            StateReader::count,
            StateReader::fixed64,
            StateReader::longs,
            StateReader::f64,
            StateReader::string,
            StateReader::text,
            StateReader::bytes,
            in -> in.constant(Thread.State.values()),
            in -> in.expectVersion(1, "nothing"));

    for (Consumer<StateReader> read : reads) {
      StateReader empty = new StateReader(new byte[0]);
      assertThrows(StateFormatException.class, () -> read.accept(empty));
    }
  }

  @Test
  void whatCannotBeIsAFormatErrorBeforeItIsAllocated() {
    byte[] huge = new StateWriter().varlong(Integer.MAX_VALUE).toBytes();
    byte[] negative = new StateWriter().varlong(-1).toBytes();

    assertThrows(StateFormatException.class, () -> new StateReader(huge).count());
    assertThrows(StateFormatException.class, () -> new StateReader(huge).longs());
    assertThrows(StateFormatException.class, () -> new StateReader(huge).bytes());
    assertThrows(StateFormatException.class, () -> new StateReader(negative).count());
    assertThrows(StateFormatException.class, () -> new StateReader(new byte[1]).text());
    assertThrows(
        StateFormatException.class, () -> new StateReader(new byte[] {9}).expectVersion(1, "it"));
    assertThrows(StateFormatException.class, () -> new StateReader(new byte[1]).expectEnd());
    assertThrows(
        StateFormatException.class,
        () -> new StateReader(new byte[] {9}).constant(Thread.State.values()));
  }
}
