package io.tidemark.evaluate;

import io.tidemark.stats.SeriesScorer;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Runs the volume scorer over the series of the Numenta Anomaly Benchmark: each row is scored when
 * it comes, with what was learned from the rows before it, under one setting for all series.
 *
 * <p>Bounded: a row in memory, and what {@link SeriesScorer} keeps of one series.
 */
public final class NabRun {

  /** Files in the directory that are looked at. */
  private static final int MOST_FILES = 10_000;

  /** The default threshold: a row of this score or more is worth telling somebody. */
  public static final double NOTABLE = 0.5;

  private static final int LONGEST_LINE = 4096;
  private static final String HEADER = "timestamp,value,anomaly_score\n";

  // NAB's own form; a "T" and fractions of a second occur in derived data.
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd['T'][' ']HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private NabRun() {}

  /**
   * What was done.
   *
   * @param series files that were scored
   * @param rows values that were scored
   * @param notable rows that score {@link #NOTABLE} or more
   */
  public record Summary(int series, long rows, long notable) {}

  /** Input that cannot be used; the message names file, line and value. */
  public static final class BadSeries extends IOException {

    private static final long serialVersionUID = 1;

    BadSeries(String message) {
      super(message);
    }
  }

  /**
   * Scores every {@code category/name.csv} below {@code data} and writes {@code category/name.csv}
   * below {@code out} with the columns {@code timestamp,value,anomaly_score}. Files of other names
   * are left alone.
   *
   * @throws BadSeries if a row is not a time and a number, or there is no series
   * @throws IOException if a file cannot be read or written
   */
  public static Summary run(Path data, Path out) throws IOException {
    if (!Files.isDirectory(data)) {
      throw new BadSeries("no such directory: " + data);
    }
    if (Files.exists(out) && Files.isSameFile(data, out)) {
      throw new BadSeries("the results would replace the data: " + out);
    }
    Summary sum = new Summary(0, 0, 0);
    for (Path file : series(data, out)) {
      Path result = out.resolve(data.relativize(file).toString());
      Files.createDirectories(result.getParent());
      Summary one = score(file, result);
      sum = new Summary(sum.series + 1, sum.rows + one.rows, sum.notable + one.notable);
    }
    if (sum.series == 0) {
      throw new BadSeries("no CSV file below " + data);
    }
    return sum;
  }

  // Results of an earlier run below the data are no data.
  private static List<Path> series(Path data, Path out) throws IOException {
    Path results = out.toAbsolutePath().normalize();
    try (Stream<Path> files = Files.walk(data, FileVisitOption.FOLLOW_LINKS)) {
      List<Path> found =
          files
              .filter(file -> file.getFileName().toString().endsWith(".csv"))
              .filter(Files::isRegularFile)
              .filter(file -> !file.toAbsolutePath().normalize().startsWith(results))
              .sorted()
              .limit(MOST_FILES + 1L)
              .toList();
      if (found.size() > MOST_FILES) {
        throw new BadSeries("more than " + MOST_FILES + " CSV files below " + data);
      }
      return found;
    }
  }

  private static Summary score(Path file, Path result) throws IOException {
    SeriesScorer scorer = new SeriesScorer();
    long rows = 0;
    long notable = 0;
    long number = 0;
    try (BufferedReader in = Files.newBufferedReader(file);
        BufferedWriter out = Files.newBufferedWriter(result)) {
      out.write(HEADER);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        if (line.isBlank() || (number == 1 && isHeader(line))) {
          continue;
        }
        String[] cells = cells(file, number, line);
        double score = scorer.next(time(file, number, cells[0]), value(file, number, cells[1]));
        out.write(cells[0] + "," + cells[1] + "," + score + "\n");
        rows++;
        notable += score >= NOTABLE ? 1 : 0;
      }
    } catch (CharacterCodingException e) {
      throw new BadSeries(file + ", after line " + number + ": not UTF-8");
    }
    return new Summary(1, rows, notable);
  }

  private static boolean isHeader(String line) {
    String first = line.charAt(0) == '\uFEFF' ? line.substring(1) : line;
    return first.strip().toLowerCase(Locale.ROOT).startsWith("timestamp");
  }

  private static String[] cells(Path file, long number, String line) throws BadSeries {
    String[] cells = line.length() > LONGEST_LINE ? new String[0] : line.split(",", -1);
    if (cells.length < 2) {
      throw new BadSeries(at(file, number) + "not timestamp,value: " + shown(line));
    }
    return new String[] {cells[0].strip(), cells[1].strip()};
  }

  private static long time(Path file, long number, String text) throws BadSeries {
    try {
      return LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeException e) {
      throw new BadSeries(at(file, number) + "not a time (yyyy-MM-dd HH:mm:ss): " + shown(text));
    }
  }

  private static double value(Path file, long number, String text) throws BadSeries {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, like what is not finite.
    }
    throw new BadSeries(at(file, number) + "not a number: " + shown(text));
  }

  private static String at(Path file, long number) {
    return file + ", line " + number + ": ";
  }

  private static String shown(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "..." : text;
  }
}
