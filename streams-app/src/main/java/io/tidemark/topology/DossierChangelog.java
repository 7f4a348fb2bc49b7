package io.tidemark.topology;

import io.tidemark.alert.AlertSettings;
import io.tidemark.pipeline.Dossier;
import io.tidemark.pipeline.Panel;

/**
 * What is known of workloads as the service keeps it in Kafka: the changelog of JUDGE's dossiers,
 * of which every partition belongs to the partition of the activity topic with the same number.
 */
public final class DossierChangelog {

  static final String STORE = "judge-dossiers";

  private final Panel panel;
  private final AlertSettings alerts;

  /**
   * @param panel detectors in service; what others learned is dropped when read
   */
  public DossierChangelog(Panel panel, AlertSettings alerts) {
    this.panel = panel;
    this.alerts = alerts;
  }

  /** Name of the topic, as Kafka Streams forms it. */
  public static String topic(String applicationId) {
    return applicationId + '-' + STORE + "-changelog";
  }

  public byte[] key(Dossier.Key key) {
    return KeyCodec.DOSSIER.toBytes(key);
  }

  /**
   * Reads what {@link #key(Dossier.Key)} wrote.
   *
   * @throws io.tidemark.state.StateFormatException if it is of another version
   */
  public Dossier.Key key(byte[] bytes) {
    return KeyCodec.DOSSIER.fromBytes(bytes);
  }

  public byte[] value(Dossier.Key key, Dossier dossier) {
    return Dossier.codec(key, panel, alerts).toBytes(dossier);
  }

  /**
   * Reads what {@link #value(Dossier.Key, Dossier)} wrote.
   *
   * @throws io.tidemark.state.StateFormatException if it is of another version
   */
  public Dossier value(Dossier.Key key, byte[] bytes) {
    return Dossier.codec(key, panel, alerts).fromBytes(bytes);
  }
}
