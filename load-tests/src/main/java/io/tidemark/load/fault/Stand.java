package io.tidemark.load.fault;

import java.nio.file.Path;
import java.util.List;

/**
 * What all cases share.
 *
 * @param product the build under test
 * @param other the build that a rolling upgrade comes from
 * @param brokers whole at the beginning and at the end of every case
 * @param registry up at the beginning and at the end of every case
 * @param load what is written, and what must be told of it
 * @param children starts processes
 * @param scratch directory for everything; removed in the end
 * @param options what was asked for
 */
record Stand(
    Product product,
    Product other,
    Brokers brokers,
    Registry registry,
    Load load,
    Children children,
    Path scratch,
    Options options) {

  /** The same with another load. */
  Stand with(Load other) {
    return new Stand(product, this.other, brokers, registry, other, children, scratch, options);
  }

  /**
   * What was asked for.
   *
   * @param seed decides all that is left to chance
   * @param quick the short form
   * @param kills how often the service is killed
   * @param inputs inputs of the fuzzing
   * @param settings further settings of the service
   * @param recordings directory of recorded lines to be mutated too, or {@code null}
   */
  record Options(
      long seed, boolean quick, int kills, long inputs, List<String> settings, Path recordings) {

    /** One number or another, by the form. */
    int of(int ifQuick, int ifLong) {
      return quick ? ifQuick : ifLong;
    }
  }
}
