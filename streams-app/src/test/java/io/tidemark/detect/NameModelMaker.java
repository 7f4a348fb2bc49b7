package io.tidemark.detect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Makes {@code name-model.txt} of a list of words, one per line: {@code NameModelMaker WORDS}
 * prints its table. The shipped one was made of Debian's {@code wamerican} 2020.12.07-2, its words
 * of two or more of the letters a to z. Names of sites are words put together, so each word is
 * followed by another, always the same.
 */
final class NameModelMaker {

  private static final int SYMBOLS = 27;
  private static final double PRIOR = 30;

  private final double[][][] triples = new double[SYMBOLS][SYMBOLS][SYMBOLS];
  private final double[][] pairs = new double[SYMBOLS][SYMBOLS];

  public static void main(String[] args) throws IOException {
    NameModelMaker maker = new NameModelMaker();
    maker.learn(Files.readAllLines(Path.of(args[0])));
    System.out.print(maker.table());
  }

  void learn(List<String> lines) {
    TreeSet<String> words = new TreeSet<>();
    for (String line : lines) {
      String word = line.strip().toLowerCase(Locale.ROOT);
      if (word.matches("[a-z]{2,}")) {
        words.add(word);
      }
    }
    List<String> list = new ArrayList<>(words);
    for (int i = 0; i < list.size(); i++) {
      int other = (int) ((i * 7919L + 17) % list.size());
      learn(list.get(i) + list.get(other));
    }
  }

  private void learn(String text) {
    int before = 0;
    int last = 0;
    for (int i = 0; i < text.length(); i++) {
      int next = text.charAt(i) - 'a' + 1;
      triples[before][last][next]++;
      pairs[last][next]++;
      before = last;
      last = next;
    }
  }

  /** One line per pair of symbols before, one character per letter after: see NameModel. */
  String table() {
    StringBuilder out = new StringBuilder();
    for (int before = 0; before < SYMBOLS; before++) {
      for (int last = 0; last < SYMBOLS; last++) {
        for (int next = 1; next < SYMBOLS; next++) {
          double bits = -Math.log(probability(before, last, next)) / Math.log(2);
          out.append((char) ('!' + Math.min(93, Math.round(bits * NameModel.STEPS_PER_BIT))));
        }
        out.append('\n');
      }
    }
    return out.toString();
  }

  private double probability(int before, int last, int next) {
    double afterOne = (pairs[last][next] + PRIOR / 26) / (sum(pairs[last]) + PRIOR);
    double[] counts = triples[before][last];
    return (counts[next] + PRIOR * afterOne) / (sum(counts) + PRIOR);
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
