package io.tidemark.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DomainNamesTest {

  private final DomainNames names = new DomainNames(IdentitySettings.defaults());

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "www.example.com, example.com",
    "example.com, example.com",
    "a.b.c.example.co.uk, example.co.uk",
    // Private suffixes are registered like any other domain.
    "bucket.s3.amazonaws.com, amazonaws.com",
    "me.github.io, github.io",
    // A suffix itself, and a single label.
    "com,",
    "co.uk,",
    "redis,",
    // Inside: services, the search path's expansions, reverse zones.
    "web.shop.svc.cluster.local,",
    "www.example.com.shop.svc.cluster.local,",
    "www.example.com.ec2.internal,",
    "ip-10-0-0-1.eu-west-1.compute.internal,",
    "1.0.0.10.in-addr.arpa,",
    "1.0.ip6.arpa,",
    "printer.local,",
    "metadata.google.internal,",
    // Only whole labels count.
    "notlocal.com, notlocal.com",
    "mycluster.local.example.com, example.com",
    // Below suffixes that are on no list the last two labels stand for the domain.
    "paaq.t1.example.lan, example.lan",
    "d2f0.tunnel.test, tunnel.test",
    "a.b.c.pirate.sea, pirate.sea",
    "ldap.corp.local, corp.local",
    "x.abcdefghijkl.bazar, abcdefghijkl.bazar",
    "_airplay._tcp.local,",
    "0f2b7b2e-1c1e-4a53-9c55-0d9c6f7a1e2b.local,",
    // Tunnels straight to their server need no domain: the last labels are data or a file's name.
    "dnscat.01a8d90b0001f2e4c7, .",
    "dnscat.01a8d90b0001f2e4c701a8d90b0001f2e4c7a9.9c2f, .",
    "h4siaa-.kbf4ohkz3b4-.kbf4ohkz3b4fkbf4ohkz3b4f-.passwd, passwd",
    "h4siaa-.kbf4ohkz3b4-.kbf4ohkz3b4fkbf4ohkz3b4f-.secret.txt, secret.txt",
    // An address asked for as if it were a name.
    "10.0.0.17,",
    // A tunnel may write two dots.
    "abc..evil.com, evil.com",
  })
  void theRegistrableDomainIsWhatSomebodyRegistered(String name, String domain) {
    assertEquals(Optional.ofNullable(domain), names.registrable(name));
  }
}
