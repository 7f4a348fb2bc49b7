package io.tidemark.fleet;

/**
 * Who writes down more of a fleet than its Hubble lines; each may be {@code null}.
 *
 * @param vpcFlow what interfaces carry
 * @param addresses who has which address
 */
public record Recorders(VpcLog vpcFlow, AddressLog addresses) {
  /** Nobody. */
  public static final Recorders NONE = new Recorders(null, null);

  Ledger ledger() {
    return vpcFlow == null ? Ledger.NONE : vpcFlow;
  }

  /** Writes what is left. */
  void end() {
    if (vpcFlow != null) {
      vpcFlow.end();
    }
    if (addresses != null) {
      addresses.end();
    }
  }
}
