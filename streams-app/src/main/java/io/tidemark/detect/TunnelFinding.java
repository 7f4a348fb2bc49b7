package io.tidemark.detect;

import io.tidemark.stats.Digest;

/**
 * A domain that looks like a tunnel.
 *
 * @param asked over the horizon that tells most
 * @param horizon which that is
 * @param carrying names that carry data
 * @param threshold how many of them it took
 * @param usual names per horizon as learned
 * @param alone whether the other horizons would have been silent
 */
record TunnelFinding(
    TunnelBucket asked,
    TunnelHorizon horizon,
    double carrying,
    double threshold,
    Digest usual,
    boolean alone) {

  TunnelFinding together() {
    return new TunnelFinding(asked, horizon, carrying, threshold, usual, false);
  }

  double ratio() {
    return carrying / threshold;
  }
}
