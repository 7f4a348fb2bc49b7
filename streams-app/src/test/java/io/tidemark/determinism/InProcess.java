package io.tidemark.determinism;

import io.tidemark.config.Config;
import io.tidemark.service.TidemarkService;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An instance in this process. */
final class InProcess implements Instance {

  private final List<String> said = new CopyOnWriteArrayList<>();
  private final TidemarkService service;

  InProcess(Config config, Path state) throws InterruptedException {
    service = TidemarkService.start(config, state, said::add);
  }

  @Override
  public String httpUrl() {
    return service.httpUrl();
  }

  @Override
  public boolean ended() {
    return !service.healthy();
  }

  @Override
  public void stop() {
    service.close();
  }

  @Override
  public String said() {
    return String.join("\n", said);
  }
}
