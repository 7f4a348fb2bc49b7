package io.tidemark.load.fault;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.alert.AlertJson;
import io.tidemark.config.ConfigException;
import io.tidemark.config.ConfigLoader;
import io.tidemark.control.StatementJson;
import io.tidemark.flow.AddressBook;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.Parsed;
import io.tidemark.flow.ParserSettings;
import io.tidemark.flow.Source;
import io.tidemark.pipeline.LocalPipeline;
import io.tidemark.service.Pipeline;
import io.tidemark.window.Fold;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Gives damaged lines to every parser, in a small JVM of its own: an error, an input that takes
 * seconds, or memory that grows ends it. Says what it found in one line of JSON.
 */
final class FuzzProcess {

  static final int CRASHED = 3;

  /** Processor time for one input of at most 64 KiB. */
  private static final Duration HANGS = Duration.ofSeconds(5);

  private static final int LONGEST_DETAIL = 256;
  private static final int SHOWN = 2_000;

  /** Lines that one pipeline takes before it makes room for the next. */
  private static final int PIPELINE = 20_000;

  /** One input in so many is for what people feed: files, settings. */
  private static final int RARE = 32;

  private interface Target {
    void take(byte[] input);
  }

  private final Map<String, Target> targets = new LinkedHashMap<>();
  private final Map<String, Mutation> lines = new LinkedHashMap<>();
  private final Map<String, Long> taken = new LinkedHashMap<>();
  private final Map<String, Long> nanos = new LinkedHashMap<>();
  private volatile byte[] current;
  private volatile long number;

  private FuzzProcess(Corpus corpus, Random random) {
    for (Source source : Source.values()) {
      FlowParser parser = FlowParsers.of(source, ParserSettings.DEFAULT);
      add(source.id(), corpus.flows().get(source), random, input -> check(parser.parse(input, 1)));
    }
    FlowParser detecting = FlowParsers.detecting(ParserSettings.DEFAULT);
    List<byte[]> all = corpus.flows().values().stream().flatMap(List::stream).toList();
    add("detecting", all, random, input -> check(detecting.parse(input, FlowParser.NO_TIME)));
    add("pipeline", corpus.flows().get(Source.HUBBLE), random, new WholePipeline());
    add("alerts", corpus.alerts(), random, input -> refusing(() -> AlertJson.read(text(input))));
    add(
        "control",
        corpus.statements(),
        random,
        input -> refusing(() -> StatementJson.read(text(input))));
    add("configuration", corpus.settings(), random, FuzzProcess::configure);
  }

  private void add(String name, List<byte[]> from, Random random, Target target) {
    targets.put(name, target);
    lines.put(name, new Mutation(from, random));
    taken.put(name, 0L);
  }

  /**
   * Runs.
   *
   * @param args seed, number of inputs, and a directory of recordings if there is one
   */
  public static void main(String[] args) throws IOException {
    long seed = Long.parseLong(args[0]);
    long inputs = Long.parseLong(args[1]);
    Path recordings = args.length > 2 ? Path.of(args[2]) : null;
    FuzzProcess fuzz = new FuzzProcess(Corpus.make(seed, recordings), new Random(seed));
    fuzz.watch(Thread.currentThread().getId());
    long began = System.nanoTime();
    fuzz.run(inputs);
    double seconds = (System.nanoTime() - began) / 1e9;
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("inputs", inputs);
    found.put("inputsPerSecond", Math.round(inputs / seconds));
    found.put("heapLimitBytes", Runtime.getRuntime().maxMemory());
    found.put("inputsByParser", fuzz.taken);
    Map<String, Long> each = new LinkedHashMap<>();
    fuzz.taken.forEach(
        (name, count) ->
            each.put(name, fuzz.nanos.getOrDefault(name, 0L) / Math.max(1, count) / 1_000));
    found.put("microsPerInput", each);
    System.out.println(new ObjectMapper().writeValueAsString(found));
  }

  /** The line parsers by turns; the others, which people feed, less often. */
  private void run(long inputs) {
    List<String> names = List.copyOf(targets.keySet());
    int flows = names.indexOf("pipeline");
    for (long i = 0; i < inputs; i++) {
      boolean rare = i % RARE == RARE - 1;
      int at = rare ? rare(i / RARE, flows, names.size()) : (int) (i % flows);
      String name = names.get(at);
      byte[] input = lines.get(name).next();
      current = input;
      number = i;
      long began = System.nanoTime();
      try {
        targets.get(name).take(input);
      } catch (RuntimeException | Error e) {
        e.printStackTrace();
        end(name + " failed at input " + i + ": " + shown(input));
      }
      taken.merge(name, 1L, Long::sum);
      nanos.merge(name, System.nanoTime() - began, Long::sum);
    }
  }

  /** The last, which makes a whole configuration of each, once in ten times. */
  private static int rare(long turn, int from, int to) {
    return turn % 10 == 9 ? to - 1 : from + (int) (turn % 10 % (to - 1 - from));
  }

  private void watch(long worker) {
    Thread watch =
        new Thread(
            () -> {
              long at = -1;
              long since = 0;
              while (true) {
                long cpu = ManagementFactory.getThreadMXBean().getThreadCpuTime(worker);
                if (number != at) {
                  at = number;
                  since = cpu;
                } else if (cpu - since > HANGS.toNanos()) {
                  end("input " + at + " takes more than " + HANGS + ": " + shown(current));
                }
                try {
                  Thread.sleep(500);
                } catch (InterruptedException e) {
                  return;
                }
              }
            },
            "watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static void end(String message) {
    System.err.println(message);
    System.err.flush();
    Runtime.getRuntime().halt(CRASHED);
  }

  private static String shown(byte[] input) {
    return HexFormat.of().formatHex(input, 0, Math.min(SHOWN, input.length));
  }

  private static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }

  private static void check(Parsed parsed) {
    if (parsed instanceof Parsed.Many many) {
      many.parts().forEach(FuzzProcess::check);
    } else if (parsed instanceof Parsed.Bad bad && bad.detail().length() > LONGEST_DETAIL) {
      throw new IllegalStateException("a refusal of " + bad.detail().length() + " characters");
    } else if (parsed instanceof Parsed.Bad bad
        && bad.detail().chars().anyMatch(Character::isISOControl)) {
      throw new IllegalStateException("a refusal with control characters: " + bad.detail());
    }
  }

  /** These say what is wrong by an exception of this type only. */
  private static void refusing(Runnable read) {
    try {
      read.run();
    } catch (IllegalArgumentException e) {
      // Refused.
    }
  }

  private static void configure(byte[] input) {
    try {
      ConfigLoader.load(
          null,
          List.of(
              "identity.internal-cidrs=" + text(input),
              "identity.named-ranges=" + text(input),
              "windows.length=" + text(input)),
          key -> null);
    } catch (ConfigException e) {
      // Refused.
    }
  }

  /** What parsing let through goes on to windows and detectors. */
  private static final class WholePipeline implements Target {

    private LocalPipeline pipeline;
    private LocalPipeline.Partition partition;
    private long offset;

    @Override
    public void take(byte[] input) {
      if (offset % PIPELINE == 0) {
        if (pipeline != null) {
          pipeline.finish();
        }
        pipeline = Pipeline.local(Corpus.config(), AddressBook.EMPTY);
        partition =
            pipeline.add(
                new Fold.Place(Source.HUBBLE, "fuzz", 0, 1),
                FlowParsers.of(Source.HUBBLE, ParserSettings.DEFAULT),
                Duration.ofSeconds(30),
                new LocalPipeline.Listener() {});
      }
      partition.accept(input, offset++, Load.START + 3_600_000);
    }
  }
}
