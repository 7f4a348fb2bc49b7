package io.tidemark.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.pipeline.Dossier;
import io.tidemark.pipeline.Findings;
import io.tidemark.pipeline.PendingKey;
import io.tidemark.publish.Ledger;
import io.tidemark.state.Codec;
import io.tidemark.state.CodecContract;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.window.FleetKey;
import io.tidemark.window.OpenKey;
import org.junit.jupiter.api.Test;

final class KeyCodecTest {

  private static final Workload WEB = new Workload("default", "shop", "web/with/slashes");

  @Test
  void keysAreWrittenAsPinned() {
    check("name", KeyCodec.NAME, "progress");
    check("open", KeyCodec.OPEN, new OpenKey(1_736_157_600_000L, "default/shop/web"));
    check("open-address", KeyCodec.OPEN, new OpenKey(-10_000, "@10.0.0.1"));
    check("source", KeyCodec.SOURCE, Source.VPC_CNI);
    check("pending", KeyCodec.PENDING, new PendingKey(Source.HUBBLE, 1_736_157_600_000L, WEB));
    check("fleet", KeyCodec.FLEET, new FleetKey(Source.HUBBLE, 1_736_157_600_000L));
    check("dossier", KeyCodec.DOSSIER, new Dossier.Key(Source.VPC_FLOW, WEB));
    check("findings", KeyCodec.FINDINGS, new Findings.Key(Source.HUBBLE, 1_736_157_600_000L, "eu"));
    check("ledger", KeyCodec.LEDGER, new Ledger.Key(Source.VPC_FLOW, "eu"));
  }

  private static <K> void check(String name, KeyCodec<K> keys, K key) {
    assertEquals(key, keys.fromBytes(keys.toBytes(key)));
    Codec<K> codec =
        new Codec<>() {
          @Override
          public void write(K value, StateWriter out) {
            out.u8(1);
            keys.writer().accept(value, out);
          }

          @Override
          public K read(StateReader in) {
            in.expectVersion(1, "store key");
            return keys.reader().apply(in);
          }
        };
    CodecContract.check(KeyCodecTest.class, name, codec, key);
  }
}
