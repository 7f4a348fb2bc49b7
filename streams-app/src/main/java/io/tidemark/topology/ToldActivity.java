package io.tidemark.topology;

import io.tidemark.schemas.Activity;
import io.tidemark.window.Fact;
import java.io.IOException;
import java.lang.reflect.Type;
import java.time.Instant;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.Encoder;
import org.apache.avro.specific.SpecificData;

/**
 * Traffic as a record of the activity topic that holds the fact itself, and is written and read
 * without the objects that Avro would make of every edge in between. A serde that does not look for
 * that gets the same record field by field, and the same bytes.
 */
public final class ToldActivity extends Activity {

  private static final long serialVersionUID = 1;

  /** Found by this name, as in every generated class. */
  @SuppressWarnings("UnusedVariable")
  private static final SpecificData MODEL$ = new Model();

  private final transient Fact.Traffic told;

  /** For Avro only, which asks an instance for its schema. */
  public ToldActivity() {
    told = null;
  }

  ToldActivity(Fact.Traffic told) {
    super(told.source().id(), told.partition(), Instant.ofEpochMilli(told.windowStart()), null);
    this.told = told;
  }

  /** The fact; of its DNS and supply nothing is written with this record. */
  Fact.Traffic told() {
    return told;
  }

  @Override
  public SpecificData getSpecificData() {
    return MODEL$;
  }

  @Override
  public Object getFact() {
    return told == null
        ? super.getFact()
        : ActivityRecords.traffic(told.workload(), told.activity());
  }

  @Override
  public Object get(int field) {
    return SCHEMA$.getFields().get(field).name().equals("fact") ? getFact() : super.get(field);
  }

  @Override
  protected boolean hasCustomCoders() {
    return told != null;
  }

  @Override
  public void customEncode(Encoder out) throws IOException {
    new ActivityWriter(out).write(told);
  }

  private static final class Model extends SpecificData {

    Model() {
      addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
      setCustomCoders(true);
    }

    @Override
    public Schema getSchema(Type type) {
      return type == ToldActivity.class ? SCHEMA$ : super.getSchema(type);
    }

    /** Another version's records are for Avro to resolve. */
    @Override
    public DatumReader<?> createDatumReader(Schema writer, Schema reader) {
      return ActivityReader.reads(writer)
          ? new ActivityReader()
          : SpecificData.getForClass(Activity.class).createDatumReader(writer, reader);
    }
  }
}
