package io.tidemark.detect;

import java.util.List;

/** Who is asked in DNS for other things than addresses, by design. */
final class ReputationServices {

  /**
   * Services whose protocol it is to put hashes, addresses or measurements into names. Nobody else
   * can register below these domains, so data that somebody hides there goes to their owners.
   */
  static final List<String> DOMAINS =
      List.of(
          // Virus scanners ask whether a file, address or name is known.
          "avast.com",
          "avg.com",
          "bitdefender.com",
          "bitdefender.net",
          "e5.sk",
          "eset.com",
          "f-secure.com",
          "fortiguard.net",
          "kaspersky-labs.com",
          "kaspersky.com",
          "mcafee.com",
          "sophosxl.net",
          "sophosxl.com",
          "symantec.com",
          "trendmicro.com",
          "webrootcloudav.com",
          // Mail servers ask whether a sender or a text is known.
          "barracudacentral.org",
          "barracudabrts.com",
          "cloudmark.com",
          "cymru.com",
          "dnswl.org",
          "mailspike.net",
          "msbl.org",
          "rspamd.com",
          "senderbase.org",
          "sorbs.net",
          "spamcop.net",
          "spamhaus.net",
          "spamhaus.org",
          "spameatingmonkey.net",
          "surbl.org",
          "uribl.com",
          // Browsers measure how far it is to a cloud, and keep advertisements apart, by a name
          // each.
          "akstat.io",
          "footprintdns.com",
          "googlesyndication.com",
          "gstatic.com",
          "office.com");

  private ReputationServices() {}
}
