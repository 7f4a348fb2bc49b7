package io.tidemark.fleet;

import java.util.List;

/**
 * A place on the Internet that workloads call by name.
 *
 * @param name host name, lower case, without trailing dot
 * @param addresses what it resolves to
 */
public record Domain(String name, List<String> addresses) implements Party {

  /** A domain with two to eight addresses of its own, decided by its name. */
  static Domain of(long seed, String name) {
    Dice dice = Dice.of(seed, "domain " + name);
    String[] addresses = new String[dice.between(2, 9)];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = Names.publicAddress(dice);
    }
    return new Domain(name, List.of(addresses));
  }

  @Override
  public String title() {
    return name;
  }
}
