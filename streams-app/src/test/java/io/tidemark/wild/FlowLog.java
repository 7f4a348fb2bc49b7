package io.tidemark.wild;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Conversations as the VPC flow log of one interface tells them. */
final class FlowLog {

  /** Format and aggregation interval. */
  enum Form {
    V2_MINUTE(false, 60),
    V2_TEN_MINUTES(false, 600),
    V5_MINUTE(true, 60),
    V5_TEN_MINUTES(true, 600);

    private final boolean flags;
    private final int seconds;

    Form(boolean flags, int seconds) {
      this.flags = flags;
      this.seconds = seconds;
    }
  }

  static final String HEADER =
      "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start"
          + " end action log-status vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr"
          + " pkt-dstaddr";

  private static final int FIN = 1;
  private static final int SYN = 2;
  private static final int RST = 4;
  private static final int SYN_ACK = 18;

  /** Records of an interval come within so long of its end, in any order. */
  private static final int DELIVERY_SECONDS = 120;

  private record Delivered(long at, String line) {}

  private final Form form;
  private final Random random;
  private final List<Delivered> delivered = new ArrayList<>();

  private FlowLog(Form form, long seed) {
    this.form = form;
    this.random = new Random(seed);
  }

  /** Lines in the order of their delivery, a header first where the format is not the default. */
  static List<String> lines(List<Talk> talks, Form form, long seed) {
    FlowLog log = new FlowLog(form, seed);
    talks.forEach(log::add);
    log.delivered.sort(Comparator.comparingLong(Delivered::at));
    List<String> lines = new ArrayList<>();
    if (form.flags) {
      lines.add(HEADER);
    }
    log.delivered.forEach(each -> lines.add(each.line()));
    return lines;
  }

  private void add(Talk talk) {
    direction(talk, true, talk.up(), talk.bytesUp());
    if (talk.ending() != Talk.Ending.REJECTED) {
      direction(talk, false, talk.down(), talk.bytesDown());
    }
  }

  /** One direction of a conversation, cut at the interface's intervals. */
  private void direction(Talk talk, boolean up, long packets, long bytes) {
    long first = talk.start() / 1_000 / form.seconds;
    long last = talk.end() / 1_000 / form.seconds;
    long sent = 0;
    long said = 0;
    for (long interval = first; interval <= last && packets > 0; interval++) {
      long from = Math.max(talk.start() / 1_000, interval * form.seconds);
      long to = Math.min(talk.end() / 1_000, (interval + 1) * form.seconds - 1);
      double share = share(talk, interval == last, to);
      long packetsNow = Math.max(interval == first ? 1 : 0, (long) (share * packets) - sent);
      long bytesNow = interval == last ? bytes - said : packetsNow * bytes / packets;
      if (packetsNow > 0) {
        int flags = flags(talk, up, interval == first, interval == last);
        line(talk, up, packetsNow, bytesNow, from, to, flags);
      }
      sent += packetsNow;
      said += packetsNow > 0 ? bytesNow : 0;
    }
  }

  private static double share(Talk talk, boolean last, long to) {
    long begin = talk.start() / 1_000;
    long seconds = (talk.end() - talk.start()) / 1_000;
    return last ? 1 : (to - begin + 1.0) / (seconds + 1.0);
  }

  private static int flags(Talk talk, boolean up, boolean first, boolean last) {
    if (talk.protocol() != Talk.TCP) {
      return 0;
    }
    boolean answered = talk.ending() == Talk.Ending.ANSWERED;
    if (!up && !answered) {
      return RST;
    }
    int opening = up ? SYN : SYN_ACK;
    return (first ? opening : 0) | (last && answered ? FIN : 0);
  }

  private void line(Talk t, boolean up, long packets, long bytes, long from, long to, int flags) {
    String source = up ? t.client() : t.server();
    String destination = up ? t.server() : t.client();
    StringBuilder line = new StringBuilder(form.flags ? "5" : "2");
    line.append(" 123456789010 eni-0aa1 ").append(source).append(' ').append(destination);
    line.append(' ').append(up ? t.from() : t.to()).append(' ').append(up ? t.to() : t.from());
    line.append(' ').append(t.protocol()).append(' ').append(packets).append(' ').append(bytes);
    line.append(' ').append(from).append(' ').append(to);
    line.append(t.ending() == Talk.Ending.REJECTED ? " REJECT OK" : " ACCEPT OK");
    if (form.flags) {
      line.append(" vpc-1 subnet-1 i-1 ").append(flags).append(" IPv4 ");
      line.append(source).append(' ').append(destination);
    }
    long interval = (to / form.seconds + 1) * form.seconds;
    delivered.add(new Delivered(interval + random.nextInt(DELIVERY_SECONDS), line.toString()));
  }
}
