package io.tidemark.config;

/**
 * Where a setting was written.
 *
 * @param file file name, or what stands for it ({@code --set})
 * @param line from 1, 0 when there are no lines
 */
record Place(String file, int line) {

  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line;
  }
}
