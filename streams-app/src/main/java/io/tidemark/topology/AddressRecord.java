package io.tidemark.topology;

import io.tidemark.flow.AddressBook;
import io.tidemark.flow.AddressHistory;
import io.tidemark.flow.PodName;
import io.tidemark.flow.Workload;
import io.tidemark.schemas.WorkloadAddress;
import java.time.Instant;

/**
 * Who had an address, as a record of the public topic tells it.
 *
 * @param from first millisecond, since the epoch
 * @param to first millisecond after, {@link AddressHistory#OPEN} while it lasts
 */
public record AddressRecord(String address, AddressBook.Owner owner, long from, long to) {

  /**
   * What a record tells.
   *
   * @param cluster name of the cluster where records name none
   */
  public static AddressRecord of(WorkloadAddress told, String cluster) {
    // Empty where only one cluster is watched; a workload always has one.
    String home = told.getCluster().isEmpty() ? cluster : told.getCluster();
    String kind = told.getKind().isEmpty() ? null : told.getKind();
    Instant until = told.getValidTo();
    return new AddressRecord(
        told.getAddress(),
        new AddressBook.Owner(
            new Workload(home, told.getNamespace(), told.getName()),
            kind,
            told.getPod() == null ? null : PodName.labelled(told.getPod(), told.getTemplate())),
        told.getValidFrom().toEpochMilli(),
        until == null ? AddressHistory.OPEN : until.toEpochMilli());
  }
}
