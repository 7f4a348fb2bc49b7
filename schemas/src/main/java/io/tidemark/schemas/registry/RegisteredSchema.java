package io.tidemark.schemas.registry;

import org.apache.avro.Schema;

/**
 * One version of a subject.
 *
 * @param version counted from 1 within the subject
 * @param id unique in the whole registry; what records carry
 */
public record RegisteredSchema(String subject, int version, int id, Schema schema) {}
