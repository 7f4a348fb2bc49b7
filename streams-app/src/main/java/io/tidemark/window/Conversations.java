package io.tidemark.window;

import io.tidemark.flow.Flow;
import io.tidemark.flow.Identity;

/**
 * The conversations of one input partition that were heard last. Bounded: {@value #SLOTS} of them,
 * two to a place; a newcomer takes the place of the one of the two that was heard longer ago.
 */
final class Conversations {

  static final int SLOTS = 1 << 12;

  private final Conversation[] slots = new Conversation[SLOTS];
  private final Identity identity;
  private int heard;

  Conversations(Identity identity) {
    this.identity = identity;
  }

  /** The conversation that a flow belongs to, as it was left by the one before. */
  Conversation of(Flow flow) {
    heard++;
    int first = Conversation.slot(flow) & (SLOTS - 2);
    Conversation last = slots[first];
    if (last != null && last.holds(flow)) {
      return last;
    }
    Conversation other = slots[first + 1];
    slots[first + 1] = last;
    if (other == null || !other.holds(flow)) {
      other = new Conversation(flow, identity);
    }
    slots[first] = other;
    return other;
  }

  /**
   * Some windows were closed: lets go of what was folded into them. Not after every window, because
   * it looks at all slots: what is held beyond is bounded by what so many records leave behind.
   */
  void leave(boolean all) {
    if (!all && heard < SLOTS) {
      return;
    }
    heard = 0;
    for (Conversation conversation : slots) {
      if (conversation != null) {
        conversation.leave();
      }
    }
  }
}
