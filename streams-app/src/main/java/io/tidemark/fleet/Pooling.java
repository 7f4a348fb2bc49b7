package io.tidemark.fleet;

import java.util.ArrayList;
import java.util.List;

/**
 * A call whose connections stay open: every pod of the client keeps two, each seen now and then
 * while it carries traffic, and opened anew when one of its ends is gone. The connections that
 * exist when the history begins were opened before it.
 */
final class Pooling implements Behaviour {
  private static final int PER_POD = 2;

  /** An open connection; {@code from} is the client's port. */
  private record Link(Pod client, Side server, int from) {
    boolean alive() {
      return client.alive() && !(server instanceof Pod pod && !pod.alive());
    }
  }

  private final Scene scene;
  private final Call call;
  private final List<Link> links = new ArrayList<>();
  private boolean begun;
  private int cursor;

  Pooling(Scene scene, Call call) {
    this.scene = scene;
    this.call = call;
  }

  @Override
  public long act(long now, Wire wire) {
    if (cursor >= links.size()) {
      refill(now, wire);
    } else {
      Link link = links.get(cursor++);
      if (link.alive()) {
        wire.heartbeat(now, link.client(), link.server(), link.from(), call.port());
      }
    }
    return now + scene.wait(now, call.perMinute(), call.curve(), wire.dice());
  }

  private void refill(long now, Wire wire) {
    links.removeIf(link -> !link.alive());
    for (Pod client : scene.population().pods((Workload) call.client())) {
      int missing = PER_POD - (int) links.stream().filter(l -> l.client() == client).count();
      for (int i = 0; i < missing; i++) {
        Side server = scene.pick(call.server(), wire.dice());
        if (server != null && server != client) {
          links.add(new Link(client, server, open(now, wire, client, server)));
        }
      }
    }
    begun = true;
    cursor = 0;
  }

  private int open(long now, Wire wire, Pod client, Side server) {
    return begun ? wire.establish(now, client, server, call.port()) : wire.ephemeralPort();
  }
}
