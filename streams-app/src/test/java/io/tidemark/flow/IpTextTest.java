package io.tidemark.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpTextTest {

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "::, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0db8::0001, 2001:db8::1",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "::ffff:10.1.2.3, 10.1.2.3",
    "::ffff:a01:203, 10.1.2.3",
    "64:ff9b::1.2.3.4, 64:ff9b::102:304"
  })
  void addressesComeOutAsRfc5952AndMappedOnesDotted(String text, String canonical) {
    assertEquals(canonical, IpText.canonical(text));
    assertEquals(canonical, IpText.canonical(canonical));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "64.6.160",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.",
        ".1.2.3",
        "1..2.3",
        "01.2.3.4",
        "1.2.3.4 ",
        "10.0.0.0/8",
        "0x0a.0.0.1",
        "167772161",
        "host",
        "*",
        "10.0.0.*",
        "::/0",
        "fe80::1%eth0",
        "1::2::3",
        "1:2:3",
        "12345::",
        "::00001",
        "::g",
        ":::",
        ":",
        "::1 ",
        "1:2:3:4:5:6:7:8:9",
        "::ffff:10.1.2",
        "::ffff:010.1.2.3",
        "::ffff:256.1.2.3",
        "1-2::",
        "*::",
        "\u0661::1",
        "1.2.3.\u0664"
      })
  void whatIsNotExactlyOneAddressIsNone(String text) {
    assertNull(IpText.canonical(text));
  }

  @Test
  void everyAddressKeepsItsValue() throws UnknownHostException {
    long seed = 42;
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
      for (int n = 0; n < bytes.length; n++) {
        bytes[n] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : 0);
      }
      InetAddress address = InetAddress.getByAddress(bytes);
      String canonical = IpText.canonical(address.getHostAddress());

      assertEquals(address, InetAddress.getByName(canonical), "seed " + seed);
      assertEquals(canonical, IpText.canonical(canonical), "seed " + seed);
    }
  }
}
