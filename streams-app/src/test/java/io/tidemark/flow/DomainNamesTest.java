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
  })
  void theRegistrableDomainIsWhatSomebodyRegistered(String name, String domain) {
    assertEquals(Optional.ofNullable(domain), names.registrable(name));
  }
}
