package io.tidemark.fleet;

/** A place on the Internet that is called by its bare address. */
public record Address(String address) implements Party {

  @Override
  public String title() {
    return address;
  }
}
