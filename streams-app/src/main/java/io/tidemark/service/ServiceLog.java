package io.tidemark.service;

/** Where the service tells a person what it does, one line at a time; called by any thread. */
@FunctionalInterface
public interface ServiceLog {

  void say(String line);
}
