package io.tidemark.flow;

/**
 * The controller that a pod's name tells, found from the suffixes that Kubernetes appends.
 *
 * <p>A ReplicaSet's hash is the decimal form of a 32-bit number, each digit mapped into {@code
 * bcdf456789} (apimachinery's {@code SafeEncodeString}), so it is told from a word; the pod's own
 * suffix is five characters of an alphabet without vowels; a CronJob's Job carries its scheduled
 * minute, eight digits or more; a StatefulSet's pod its ordinal. Tools that imitate Kubernetes are
 * less strict, so of a hash with a suffix only length, digits and letters are asked for.
 *
 * @param controller the name less its suffixes
 * @param kind the kind that the suffixes suggest, {@code null} when they fit several
 */
public record PodName(String controller, String kind) {

  private static final String HASH = "bcdf456789";
  private static final String SUFFIX = "bcdfghjklmnpqrstvwxz2456789";
  private static final String ANY = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int SUFFIX_LENGTH = 5;
  private static final int LONGEST = 63;
  private static final char TEMPLATE = '@';

  /** Reads a pod's name; a name without a known suffix is its own controller. */
  public static PodName of(String pod) {
    int last = pod.lastIndexOf('-');
    if (last <= 0) {
      return new PodName(pod, null);
    }
    // Before the ordinal: one suffix in 850 is made of digits only, and an ordinal has few.
    if (made(pod, last + 1, pod.length(), SUFFIX, SUFFIX_LENGTH, SUFFIX_LENGTH)) {
      return suffixed(pod, last);
    }
    if (digits(pod, last + 1, pod.length(), 1, 5)) {
      return new PodName(pod.substring(0, last), "StatefulSet");
    }
    int before = pod.lastIndexOf('-', last - 1);
    boolean imitated =
        before > 0
            && made(pod, last + 1, pod.length(), ANY, SUFFIX_LENGTH, SUFFIX_LENGTH)
            && hash(pod, before + 1, last);
    return imitated ? new PodName(pod.substring(0, before), "Deployment") : new PodName(pod, null);
  }

  /** A pod's name with its template where the name does not tell it: no name holds an {@code @}. */
  public static String labelled(String pod, String template) {
    boolean told = template == null || template.isEmpty() || !revision(pod).isEmpty();
    return told || pod.indexOf(TEMPLATE) >= 0 ? pod : pod + TEMPLATE + template;
  }

  /**
   * The hash of the template that a pod was made from, as its ReplicaSet carries it, or as {@link
   * #labelled} says; empty for other pods, and for names that Kubernetes had to cut.
   */
  public static String revision(String pod) {
    int told = pod.indexOf(TEMPLATE);
    if (told >= 0) {
      return pod.substring(told + 1);
    }
    PodName name = pod.length() >= LONGEST ? null : of(pod);
    return name != null && "Deployment".equals(name.kind())
        ? pod.substring(name.controller().length() + 1, pod.lastIndexOf('-'))
        : "";
  }

  private static PodName suffixed(String pod, int last) {
    int before = pod.lastIndexOf('-', last - 1);
    // Before the minute: one hash in a hundred is made of digits only, and a minute that has none
    // of 0 to 3 lies after 2054.
    if (before > 0 && hash(pod, before + 1, last)) {
      return new PodName(pod.substring(0, before), "Deployment");
    }
    if (before > 0 && digits(pod, before + 1, last, 8, 12)) {
      return new PodName(pod.substring(0, before), "CronJob");
    }
    return new PodName(pod.substring(0, last), null);
  }

  /** As ReplicaSets make them, or at least of their length and with digits and letters. */
  private static boolean hash(String text, int from, int to) {
    if (made(text, from, to, HASH, 6, 10)) {
      return true;
    }
    boolean digit = false;
    boolean letter = false;
    for (int i = from; i < to; i++) {
      digit |= text.charAt(i) <= '9';
      letter |= text.charAt(i) > '9';
    }
    return digit && letter && made(text, from, to, ANY, 8, 10);
  }

  private static boolean digits(String text, int from, int to, int least, int most) {
    return made(text, from, to, "0123456789", least, most);
  }

  private static boolean made(String text, int from, int to, String alphabet, int least, int most) {
    if (to - from < least || to - from > most) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (alphabet.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }
}
