package io.tidemark.detect;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Steps that are judged together because one alone holds too little: a block goes on from step to
 * step until there is enough in it, which for whoever is busy is every step, and is given up when
 * that takes too long. What it adds up is its owner's.
 *
 * <p>Bounded: the last {@value #KEPT} blocks.
 */
final class Blocks {

  /** Steps within which there must be enough: what is older says nothing of now. */
  static final int LONGEST = 15;

  private static final int KEPT = 5;

  /**
   * One that was judged.
   *
   * @param end its last step
   * @param bad how many of its steps were bad; none if it was as usual
   */
  private record Block(long end, int bad) {}

  private final Deque<Block> judged = new ArrayDeque<>();
  private long begin = Step.NONE;

  /** Bad steps of the open block. */
  private int bad;

  /** Whether what was added up belongs together with this step. */
  boolean isOpenAt(long step) {
    return begin != Step.NONE && step - begin < LONGEST;
  }

  /** How many steps there are with this one, 1 to {@link #LONGEST}. */
  int steps(long step) {
    return isOpenAt(step) ? (int) (step - begin) + 1 : 1;
  }

  /**
   * The step is over, and there is not enough yet.
   *
   * @param isBad whether the step by itself looks as one of an unusual block would
   */
  void goOn(long step, boolean isBad) {
    if (!isOpenAt(step)) {
      begin = step;
      bad = 0;
    }
    bad += isBad ? 1 : 0;
  }

  /** There was enough. */
  void close(long step, boolean isBad, boolean unusual) {
    judged.addLast(new Block(step, unusual ? bad(step, isBad) : 0));
    if (judged.size() > KEPT) {
      judged.removeFirst();
    }
    begin = Step.NONE;
  }

  /** A block that is unusual has a bad step at least. */
  private int bad(long step, boolean isBad) {
    return Math.max(1, (isOpenAt(step) ? bad : 0) + (isBad ? 1 : 0));
  }

  /**
   * Whether it lasts, given that the block that ends with this step is unusual: such blocks, this
   * one and those that ended within {@code within} steps of its first, must have {@code
   * persistence} bad steps. So a burst does not last, however long the block that it fell into.
   */
  boolean persists(long step, boolean isBad, int persistence, int within) {
    int steps = steps(step);
    int sum = bad(step, isBad);
    Iterator<Block> latest = judged.descendingIterator();
    while (latest.hasNext()) {
      Block block = latest.next();
      if (step - block.end() < steps - 1L + within) {
        sum += block.bad();
      }
    }
    return sum >= persistence;
  }

  /** The last step of the block judged last, {@link Step#NONE} before the first. */
  long latest() {
    return judged.isEmpty() ? Step.NONE : judged.getLast().end();
  }

  void write(StateWriter out) {
    out.varlong(begin).varint(bad).varint(judged.size());
    for (Block block : judged) {
      out.varlong(block.end()).varint(block.bad());
    }
  }

  static Blocks read(StateReader in) {
    Blocks blocks = new Blocks();
    blocks.begin = in.varlong();
    blocks.bad = in.varint();
    for (int left = in.count(); left > 0; left--) {
      blocks.judged.addLast(new Block(in.varlong(), in.varint()));
    }
    return blocks;
  }
}
