package io.tidemark.config;

import io.tidemark.detect.Detector;
import java.util.List;

/**
 * The detectors, each a component of type {@code Switched<P>} with its {@code @Setting}, where
 * {@code P} is the detector's record of parameters; the component's name in kebab-case is the
 * detector's.
 */
public record Detectors() {

  /** Those that are switched on. */
  public List<Detector<?>> inService() {
    return List.of();
  }

  public static Detectors defaults() {
    return new Detectors();
  }
}
