package io.tidemark.schemas.registry;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** The schemas and records that these tests speak of. */
final class TestSchemas {

  /** Version one of a reading: where, and how much. */
  static final Schema READING =
      parse(
          """
          {"type": "record", "name": "Reading", "namespace": "test", "fields": [
            {"name": "place", "type": "string"},
            {"name": "level", "type": "long"}]}""");

  /** A compatible successor, its fields in another order. */
  static final Schema READING_2 =
      parse(
          """
          {"type": "record", "name": "Reading", "namespace": "test", "fields": [
            {"name": "level", "type": "long"},
            {"name": "unit", "type": "string", "default": "cm"},
            {"name": "place", "type": "string"}]}""");

  /** Not compatible with either: a new field without a default. */
  static final Schema READING_BROKEN =
      parse(
          """
          {"type": "record", "name": "Reading", "namespace": "test", "fields": [
            {"name": "place", "type": "string"},
            {"name": "tide", "type": "double"}]}""");

  private TestSchemas() {}

  static Schema parse(String text) {
    return new Schema.Parser().parse(text);
  }

  static GenericRecord reading(String place, long level) {
    GenericRecord record = new GenericData.Record(READING);
    record.put("place", place);
    record.put("level", level);
    return record;
  }
}
