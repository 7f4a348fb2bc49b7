package io.tidemark.embedded;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.FaultHandlerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the broker's faults and remembers the first fatal one. Kafka's own handler halts the process
 * on those, which is not the broker's to do while it is a guest in someone else's.
 */
final class FirstFault implements FaultHandlerFactory {

  private static final Logger log = LoggerFactory.getLogger(FirstFault.class);

  private final AtomicReference<Throwable> fatal = new AtomicReference<>();

  Optional<Throwable> fatal() {
    return Optional.ofNullable(fatal.get());
  }

  @Override
  public FaultHandler build(String name, boolean isFatal, Runnable action) {
    return (message, cause) -> {
      RuntimeException fault = new FaultHandlerException(name + ": " + message, cause);
      if (isFatal) {
        fatal.compareAndSet(null, fault);
      }
      log.error("{} fault in {}: {}", isFatal ? "fatal" : "non-fatal", name, message, cause);
      action.run();
      return fault;
    };
  }
}
