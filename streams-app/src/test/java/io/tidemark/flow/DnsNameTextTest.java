package io.tidemark.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DnsNameTextTest {

  @ParameterizedTest
  @CsvSource({
    "WwW.eXample.COM., www.example.com",
    "www.example.com.., www.example.com",
    "\\195\\169x.evil.com., Ã©x.evil.com",
    "a\\000b\\127\\.c.evil.com, a\u2400b\u247f\u2024c.evil.com",
    "a\\999b.evil.com, a999b.evil.com",
    "trailing\\, trailing\\",
  })
  void aNameIsWrittenInOneForm(String written, String plain) {
    assertEquals(plain.toLowerCase(java.util.Locale.ROOT), DnsMessage.name(written));
  }

  @Test
  void anyByteOfALabelGivesAnotherNameThatCanBeStored() {
    java.util.Set<String> names = new java.util.HashSet<>();

    for (int octet = 0; octet < 256; octet++) {
      boolean upper = octet >= 'A' && octet <= 'Z';
      boolean latinUpper = octet >= 0xc0 && octet <= 0xde && octet != 0xd7;
      String name = DnsMessage.name(String.format("x\\%03d.evil.com", octet));
      assertTrue(upper || latinUpper || names.add(name), "byte " + octet + ": " + name);
      String stored = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      assertEquals(name, stored);
    }
  }

  @Test
  void bytesThatAreNoTextComeAsSurrogatesAndAreKeptApart() {
    String one = DnsMessage.name("\udc80\udcff.evil.com");
    String other = DnsMessage.name("\udc81\udcff.evil.com");
    String lone = DnsMessage.name("\ud83d.evil.com");

    assertTrue(!one.equals(other), one);
    assertEquals("\ufffd.evil.com", lone);
    assertEquals(one, new String(one.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
  }
}
