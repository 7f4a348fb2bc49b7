package io.tidemark.fleet;

/** Names as Kubernetes makes them. */
final class Names {
  /**
   * Kubernetes' alphabet for generated names: no vowels, nothing that looks like another letter.
   */
  static final String SAFE = "bcdfghjklmnpqrstvwxz2456789";

  /** What the decimal digits of a template's 32-bit hash become in that alphabet. */
  private static final String HASH = "456789bcdf";

  private static final String HEX = "0123456789abcdef";

  private Names() {}

  /** The hash of a ReplicaSet's pod template: mostly ten characters, now and then nine. */
  static String templateHash(Dice dice) {
    return dice.word(dice.chance(0.1) ? 9 : 10, HASH);
  }

  static String deploymentPod(String workload, String templateHash, Dice dice) {
    return workload + "-" + templateHash + "-" + suffix(dice);
  }

  static String daemonSetPod(String workload, Dice dice) {
    return workload + "-" + suffix(dice);
  }

  /** Pod of a CronJob's job, which carries its scheduled time in minutes since the epoch. */
  static String jobPod(String workload, long scheduledMillis, Dice dice) {
    return workload + "-" + scheduledMillis / 60_000 + "-" + suffix(dice);
  }

  private static String suffix(Dice dice) {
    return dice.word(5, SAFE);
  }

  static String hex(int length, Dice dice) {
    return dice.word(length, HEX);
  }

  /** A locally administered unicast MAC address. */
  static String mac(Dice dice) {
    StringBuilder mac = new StringBuilder(17);
    mac.append(HEX.charAt(dice.below(16))).append("26ae".charAt(dice.below(4)));
    for (int i = 1; i < 6; i++) {
      mac.append(':').append(hex(2, dice));
    }
    return mac.toString();
  }

  /** An address on the public Internet, outside the ranges reserved for other uses. */
  static String publicAddress(Dice dice) {
    int[] first = {
      3, 13, 18, 23, 34, 35, 44, 51, 52, 54, 62, 78, 83, 91, 94, 99, 109, 151, 185, 212
    };
    return first[dice.below(first.length)]
        + "."
        + dice.between(1, 255)
        + "."
        + dice.below(256)
        + "."
        + dice.between(1, 255);
  }
}
