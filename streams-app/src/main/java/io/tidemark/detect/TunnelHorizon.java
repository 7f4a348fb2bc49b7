package io.tidemark.detect;

import io.tidemark.stats.Digest;

/** Over how long the names of a domain are counted. */
enum TunnelHorizon {
  FIVE_MINUTES("five minutes", TunnelDomain.MINUTES, "min-names"),
  HOUR("an hour", TunnelDomain.HOUR, "min-names-per-hour"),
  SIX_HOURS("six hours", TunnelDomain.LONG, "min-names-per-six-hours");

  final String words;
  final long minutes;
  final String setting;

  TunnelHorizon(String words, long minutes, String setting) {
    this.words = words;
    this.minutes = minutes;
    this.setting = setting;
  }

  TunnelBucket asked(TunnelDomain domain, long minute) {
    return switch (this) {
      case FIVE_MINUTES -> domain.fast(minute);
      case HOUR -> domain.slow(minute);
      case SIX_HOURS -> domain.patient(minute);
    };
  }

  Digest usual(TunnelDomain domain) {
    return switch (this) {
      case FIVE_MINUTES -> domain.usualFast().learned();
      case HOUR -> domain.usualSlow().learned();
      case SIX_HOURS -> domain.usualLong().learned();
    };
  }
}
