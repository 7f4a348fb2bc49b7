package io.tidemark.load;

/**
 * How much faster one subject is than another.
 *
 * @param name the subject
 * @param other what it is held against
 */
record Ratio(String name, String other) {

  /** What Tidemark is built for: three times the obvious job, and no more than parsing twice. */
  static final double OF_REFERENCE = 3;

  static final double OF_LIMIT = 0.6;

  /**
   * Reads {@link #text}.
   *
   * @throws IllegalArgumentException unless both are names of subjects
   */
  static Ratio of(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException(
          "a ratio is two names with a slash between, such as tidemark/reference, not " + text);
    }
    return new Ratio(known(parts[0]), known(parts[1]));
  }

  private static String known(String name) {
    return Subject.named(name)
        .map(Subject::name)
        .orElseThrow(() -> new IllegalArgumentException("there is no subject " + name));
  }

  String text() {
    return name + "/" + other;
  }
}
