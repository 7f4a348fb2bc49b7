package io.tidemark.topology;

import io.tidemark.flow.Workload;
import io.tidemark.window.Activity;
import io.tidemark.window.Supply;

/** What a source as a whole told, as a record of the activity topic, and back. */
final class SupplyRecords {

  private SupplyRecords() {}

  static io.tidemark.schemas.Supply supply(String cluster, Supply.Facts facts) {
    return new io.tidemark.schemas.Supply(
        cluster,
        facts.records(),
        facts.denied(),
        facts.lost(),
        ActivityRecords.hashes(facts.connections()),
        ActivityRecords.hashes(facts.workloads()),
        facts.losers());
  }

  static Activity activity(io.tidemark.schemas.Supply record) {
    Activity activity = new Activity();
    activity.mergeKind(Workload.KIND_SOURCE);
    activity.mergeSupply(
        Supply.of(
            new Supply.Facts(
                record.getRecords(),
                record.getDenied(),
                record.getLost(),
                ActivityRecords.hashes(record.getConnections()),
                ActivityRecords.hashes(record.getWorkloads()),
                record.getLosers())));
    return activity;
  }
}
