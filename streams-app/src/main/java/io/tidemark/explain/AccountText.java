package io.tidemark.explain;

import io.tidemark.alert.AlertText;
import io.tidemark.detect.Figures;
import io.tidemark.detect.Normal;
import io.tidemark.detect.Signal;
import java.util.List;
import java.util.stream.Collectors;

/** An account for a terminal. */
public final class AccountText {

  private static final int SHOWN = 240;
  private static final int MOMENTS = 12;
  private static final int EDGES = 8;

  private final AlertText style;
  private final Account account;
  private final List<RawLine> lines;
  private final Page page;

  private AccountText(AlertText style, Account account, List<RawLine> lines) {
    this.style = style;
    this.account = account;
    this.lines = lines;
    this.page = new Page(style.width());
  }

  /**
   * The text, each line ended.
   *
   * @param lines the evidence as it lies in the input
   */
  public static String write(AlertText style, Account account, List<RawLine> lines) {
    return new AccountText(style, account, lines).text();
  }

  private String text() {
    page.raw(style.explain(account.alert()));
    comparison();
    before();
    window();
    timeline();
    evidence();
    silencing();
    return page.toString();
  }

  private void comparison() {
    page.title("Recomputed from history");
    if (account.earliest() == Long.MAX_VALUE) {
      page.line("The history holds no facts of this workload: it cannot be recomputed.");
      return;
    }
    switch (account.comparison().outcome()) {
      case SAME ->
          page.line(
              account.published()
                  ? "The same alert, byte for byte in the canonical form."
                  : "Found by recomputing; there is no published alert to compare with.");
      case DIFFERENT -> {
        page.line("The same alert with other content:");
        account.comparison().differences().forEach(page::item);
        causes();
      }
      case ABSENT -> {
        page.line("With this configuration and this history there is no such alert.");
        causes();
      }
    }
  }

  private void causes() {
    if (!account.detectorOn()) {
      page.line("The detector " + account.alert().detector() + " is switched off.");
    }
    String since = Words.time(account.earliest());
    page.line(
        "Either settings are not those of the time, or history is gone: the oldest fact of this"
            + " workload that is kept is of "
            + since
            + ", and what was learned before is unknown here.");
  }

  private void before() {
    page.title("What was normal before");
    if (account.before() == Account.UNKNOWN) {
      page.line("Unknown: its window was not judged again.");
      return;
    }
    page.line(
        "Before "
            + Words.time(account.before())
            + ", learned from "
            + Words.count(account.windowsSeen(), "window")
            + " since "
            + Words.time(account.firstSeen())
            + ":");
    Normal own = account.normal().get(account.alert().detector());
    if (own != null) {
      NormalText.write(page, account.alert().detector(), own);
    }
  }

  private void window() {
    if (account.window() == null) {
      return;
    }
    Figures figures = Figures.of(account.window());
    page.title(
        "The window of the highest score: "
            + Words.time(account.window().start())
            + " to "
            + Words.time(account.window().end()));
    if (figures.lossy()) {
      page.line("Its source lost a notable share of it.");
    }
    if (figures.totals().isEmpty()) {
      page.line("The workload said nothing.");
    }
    for (Figures.Amount amount : figures.totals()) {
      page.line(amount.name() + ": " + amount.value());
    }
    for (Signal.Evidence edge : first(figures.edges(), EDGES)) {
      page.item(
          edge.peer()
              + " "
              + edge.protocol()
              + (edge.port() < 0 ? "" : " " + edge.port())
              + ": "
              + Words.count(edge.connections(), "connection")
              + (edge.detail().isEmpty() ? "" : "; " + edge.detail()));
    }
    more(figures.edges().size() + figures.moreEdges() - EDGES, "peers and ports");
    for (Figures.Domain domain : first(figures.domains(), EDGES)) {
      page.item(
          "DNS "
              + domain.name()
              + ": "
              + Words.count(domain.queries(), "query")
              + " for "
              + Words.count(domain.names(), "name")
              + (domain.exists() ? "" : ", no answer"));
    }
    more(figures.domains().size() + figures.moreDomains() - EDGES, "domains");
  }

  private void more(long count, String what) {
    if (count > 0) {
      page.line("  and " + count + " more " + what);
    }
  }

  private void timeline() {
    if (account.timeline().isEmpty()) {
      return;
    }
    page.title("The episode, window by window");
    for (Account.Moment moment : first(account.timeline(), MOMENTS)) {
      page.line(
          Words.time(moment.start())
              + "  "
              + Words.number(moment.score())
              + "  "
              + moment.summary());
    }
    more(account.timeline().size() + account.more() - MOMENTS, "windows");
  }

  private void evidence() {
    page.title("Evidence as it lies in the input");
    if (lines.isEmpty()) {
      page.line("The alert does not say where records lie.");
    }
    for (RawLine line : lines) {
      if (line.text() == null) {
        page.line(line.where() + ": " + line.missing());
      } else {
        page.whole("  ", line.where());
        String text = line.text();
        page.whole("    ", text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...");
      }
    }
  }

  private void silencing() {
    page.title("The nearest settings that would have silenced it, each alone");
    if (account.comparison().outcome() == Agreement.Outcome.ABSENT
        && account.timeline().isEmpty()) {
      page.line("With this configuration it is silent already.");
      return;
    }
    if (account.silencers().isEmpty()) {
      page.line("No setting of the detector alone would have.");
    }
    for (Account.Setting setting : account.silencers()) {
      page.whole("  ", set(setting) + change(setting));
      String also = also(setting.key());
      if (!also.isEmpty()) {
        page.line("  " + also);
      }
    }
    if (!account.pair().isEmpty()) {
      page.line("Two of its own would have together:");
      page.whole(
          "  ", account.pair().stream().map(AccountText::set).collect(Collectors.joining(" ")));
    }
    page.line(
        "Found by scoring its windows again with other values, against what had been learned by then"
            + (account.more() > 0
                ? "; of the windows, the first " + account.timeline().size() + "."
                : ".")
            + " Over time another setting also teaches differently: replay with it to see all that"
            + " would change.");
  }

  private static String set(Account.Setting setting) {
    return "--set " + setting.key() + "=" + setting.value();
  }

  private static String change(Account.Setting setting) {
    return Double.isInfinite(setting.change())
        ? "   (is " + setting.now() + ")"
        : "   (is "
            + setting.now()
            + ", a change of "
            + Words.number(Math.rint(setting.change() * 1000) / 10)
            + " %)";
  }

  /** What a blunt setting does besides. */
  private static String also(String key) {
    if (key.endsWith(".warm-up")) {
      return "This leaves every workload unwatched by the detector until it is so old.";
    }
    return key.startsWith("alerts.") ? "This holds for all detectors and workloads." : "";
  }

  private static <T> List<T> first(List<T> all, int most) {
    return all.subList(0, Math.min(most, all.size()));
  }
}
