package io.tidemark.rivals;

import io.tidemark.detect.Window;
import io.tidemark.evaluate.Rival;
import io.tidemark.flow.Workload;
import io.tidemark.window.DomainActivity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sigma's DNS rules: more than 200 names of one registrable domain in 15 minutes, more than 1 000
 * queries or more than 50 for TXT or NULL in a minute, or a name longer than 70 characters that is
 * not of a content network.
 */
public final class SigmaDns implements Rival {

  static final int MOST_NAMES = 200;
  static final int MOST_QUERIES = 1000;
  static final int MOST_TEXT = 50;
  static final int LONGEST = 70;

  private static final long MINUTE = 60_000;
  private static final long QUARTER = 15 * MINUTE;

  private static final List<String> CONTENT_NETWORKS =
      List.of(
          "akadns.net",
          "akamaiedge.net",
          "amazonaws.com",
          "azure.com",
          "cloudapp.net",
          "cloudfront.net",
          "fastly.net",
          "googleapis.com",
          "windows.net");

  private static final class Client {
    final Map<String, Set<Long>> names = new HashMap<>();
    long quarter;
    long minute;
    long queries;
    long text;
  }

  private final Map<Workload, Client> clients = new HashMap<>();

  @Override
  public String name() {
    return "sigma-dns";
  }

  @Override
  public String rule() {
    return "Sigma: over 200 names of a domain in 15 minutes, 1 000 queries or 50 for TXT or NULL a"
        + " minute, or a name over 70 characters.";
  }

  @Override
  public void judge(Window window, Findings findings) {
    var dns = window.activity().dns();
    if (dns.isEmpty()) {
      return;
    }
    Client client = clients.computeIfAbsent(window.workload(), w -> new Client());
    long quarter = Math.floorDiv(window.start(), QUARTER);
    if (quarter != client.quarter) {
      client.quarter = quarter;
      client.names.clear();
    }
    long minute = Math.floorDiv(window.start(), MINUTE);
    if (minute != client.minute) {
      client.minute = minute;
      client.queries = 0;
      client.text = 0;
    }
    client.queries += dns.queries();
    dns.domains().forEach((domain, activity) -> domain(window, client, domain, activity, findings));
    if (client.queries > MOST_QUERIES) {
      findings.found(finding(window, "metric", "queries", MINUTE, client.queries + " a minute"));
    }
    if (client.text > MOST_TEXT) {
      findings.found(finding(window, "metric", "text", MINUTE, client.text + " a minute"));
    }
  }

  private static void domain(
      Window window, Client client, String domain, DomainActivity activity, Findings findings) {
    client.text += activity.textQueries();
    Set<Long> names = client.names.computeIfAbsent(domain, d -> new HashSet<>());
    for (long hash : activity.nameHashes().hashes()) {
      if (names.size() <= MOST_NAMES) {
        names.add(hash);
      }
    }
    if (names.size() > MOST_NAMES) {
      findings.found(finding(window, "domain", domain, QUARTER, "over 200 names"));
    } else if (!CONTENT_NETWORKS.contains(domain)
        && activity.sample().stream().anyMatch(name -> name.length() > LONGEST)) {
      findings.found(finding(window, "domain", domain, window.length(), "a name over 70 long"));
    }
  }

  private static Finding finding(
      Window window, String kind, String subject, long bin, String summary) {
    return new Finding(
        window.workload(),
        kind,
        subject,
        Math.floorDiv(window.start(), bin) * bin,
        window.end(),
        window.end(),
        summary);
  }
}
