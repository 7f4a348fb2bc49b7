package io.tidemark.compare;

import io.tidemark.alert.Alert;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A setting that would have silenced an alert, read from the sentence by which the alert names it.
 *
 * @param key full key, such as {@code detectors.new-peer.bits}
 * @param bound value at which, or beyond which, the alert is silent
 * @param inclusive whether the bound itself silences it
 */
record Silencer(String key, double bound, boolean inclusive) {

  /** {@code detectors.port-scan.ports: 201} or {@code min-z above 9.7 (is 4.5)}. */
  private static final Pattern FORM =
      Pattern.compile(
          "([a-z][a-z0-9.-]{1,80})(: | above )([0-9]{1,15}(?:\\.[0-9]{1,9})?)( \\(.*)?");

  private static final String DETECTORS = "detectors.";

  /** Empty if the sentence is of something else than a setting, such as of being known. */
  static Optional<Silencer> of(Alert alert, String sentence) {
    Matcher matcher = FORM.matcher(sentence);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String name = matcher.group(1);
    String key = name.startsWith(DETECTORS) ? name : DETECTORS + alert.detector() + '.' + name;
    return Optional.of(
        new Silencer(key, Double.parseDouble(matcher.group(3)), matcher.group(2).startsWith(":")));
  }

  /**
   * Why a run with these settings does not tell the alert.
   *
   * @param other settings of the run that does not tell it, as far as known
   * @param own settings of the run that does
   * @param run how the run that does not is called
   */
  Optional<String> reason(Map<String, String> other, Map<String, String> own, String run) {
    String value = other.get(key);
    if (value == null || value.equals(own.get(key)) || !silences(value)) {
      return Optional.empty();
    }
    String before = own.containsKey(key) ? " instead of " + own.get(key) : "";
    return Optional.of(
        key
            + " is "
            + value
            + before
            + " in "
            + run
            + ", and "
            + (inclusive
                ? "from " + Reasons.number(bound) + " on it is silent"
                : "above " + Reasons.number(bound) + " it is silent"));
  }

  private boolean silences(String value) {
    try {
      return Double.parseDouble(value) >= bound;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
