package io.tidemark.topology;

import io.tidemark.control.Book;
import io.tidemark.control.Kind;
import io.tidemark.control.Statement;
import io.tidemark.schemas.Control;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what operators said, a global store, up to date. */
final class ControlProcessor implements Processor<byte[], byte[], Void, Void> {

  private static final Logger LOG = LoggerFactory.getLogger(ControlProcessor.class);

  private static final String BAD_STATEMENT = "control";

  private final String store;
  private final String topic;
  private final Deserializer<Control> deserializer;
  private final Telemetry telemetry;
  private KeyValueStore<Bytes, byte[]> statements;
  private Book book;

  ControlProcessor(
      String store, String topic, Deserializer<Control> deserializer, Telemetry telemetry) {
    this.store = store;
    this.topic = topic;
    this.deserializer = deserializer;
    this.telemetry = telemetry;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    statements = context.getStateStore(store);
    // What is there already was written by another processor, as the store was restored.
    book = null;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Statement statement;
    try {
      String id = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
      Control value = deserializer.deserialize(topic, record.headers(), record.value());
      statement = ControlRecords.toStatement(id, value, record.timestamp());
    } catch (RetriableException e) {
      throw e;
    } catch (SerializationException
        | IllegalArgumentException
        | NullPointerException
        | AvroRuntimeException e) {
      // A global processor has no sink; the record stays in its topic.
      LOG.warn("{}: unreadable record: {}", topic, e.getMessage());
      telemetry.deadLetter(BAD_STATEMENT);
      return;
    }
    // Feedback changes no judgement, and there may be much of it.
    boolean tellsNothing = statement.kind() == Kind.FEEDBACK || statement.kind() == Kind.REVOKE;
    if (!tellsNothing || !book().versions(statement.id()).isEmpty()) {
      add(statement);
    }
  }

  @Override
  public void close() {
    deserializer.close();
  }

  private void add(Statement statement) {
    String dropped = book().add(statement);
    if (dropped != null) {
      LOG.warn(
          "{}: more than {} statements; {}, which ended first, holds no longer",
          topic,
          Book.MOST_IDS,
          dropped);
      telemetry.statementDropped();
      StoredControl.write(statements, dropped, List.of());
    }
    StoredControl.write(statements, statement.id(), book().versions(statement.id()));
    telemetry.statements(book().size());
  }

  private Book book() {
    if (book == null) {
      book = StoredControl.read(statements);
    }
    return book;
  }
}
