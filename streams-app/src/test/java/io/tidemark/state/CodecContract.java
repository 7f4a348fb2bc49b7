package io.tidemark.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Properties;
import java.util.Random;

/** What every written form promises. */
public final class CodecContract {

  private static final int DAMAGES = 3_000;

  private CodecContract() {}

  /**
   * The form is the pinned one, holds everything, and damage is either harmless or a {@link
   * StateFormatException}.
   *
   * @param pinned class beside which {@code golden.properties} lies
   */
  public static <T> void check(Class<?> pinned, String name, Codec<T> codec, T value) {
    byte[] bytes = codec.toBytes(value);
    assertEquals(golden(pinned, name), HexFormat.of().formatHex(bytes), name);
    assertArrayEquals(bytes, codec.toBytes(codec.fromBytes(bytes)), name + " read and written");
    survivesDamage(name, codec, bytes);
  }

  /** What an earlier build wrote under this name. */
  public static <T> T written(Class<?> pinned, String name, Codec<T> codec) {
    return codec.fromBytes(HexFormat.of().parseHex(golden(pinned, name)));
  }

  /** Damage at random, from a seed that failures show. */
  public static <T> void survivesDamage(String name, Codec<T> codec, byte[] bytes) {
    for (int seed = 0; seed < DAMAGES; seed++) {
      byte[] damaged = damage(bytes, new Random(seed));
      try {
        codec.toBytes(codec.fromBytes(damaged));
      } catch (StateFormatException expected) {
        // As promised.
      } catch (RuntimeException e) {
        throw new AssertionError(
            name + ", seed " + seed + ": " + HexFormat.of().formatHex(damaged), e);
      }
    }
  }

  private static byte[] damage(byte[] bytes, Random random) {
    byte[] damaged = bytes.clone();
    switch (random.nextInt(4)) {
      case 0 -> {
        return Arrays.copyOf(damaged, random.nextInt(damaged.length + 1));
      }
      case 1 -> damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      case 2 -> damaged[random.nextInt(damaged.length)] = 0;
      default -> {
        for (int i = random.nextInt(8); i >= 0; i--) {
          damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
    }
    return damaged;
  }

  private static String golden(Class<?> pinned, String name) {
    Properties golden = new Properties();
    try (InputStream in = pinned.getResourceAsStream("golden.properties")) {
      golden.load(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return golden.getProperty(name, "");
  }
}
