package io.tidemark.setting;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One sentence about a configurable parameter: meaning, unit, range. On a component of a record
 * that is part of the configuration; the key is the component's name in kebab-case.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
  String value();
}
