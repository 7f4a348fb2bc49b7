package io.tidemark.config;

/**
 * The detectors, each a component of type {@code Switched<P>} with its {@code @Setting}, where
 * {@code P} is the detector's record of parameters; the component's name in kebab-case is the
 * detector's.
 */
public record Detectors() {

  public static Detectors defaults() {
    return new Detectors();
  }
}
