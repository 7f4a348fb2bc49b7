package io.tidemark.demo;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How far writing is ahead of reading, in records; bounded, so that the disk is too. One thread
 * writes, another reports what was read.
 */
final class Lead {

  /** Records between two notes of which event time they have; the marks' number is bounded. */
  static final int MARK_EVERY = 200;

  private final long most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition less = lock.newCondition();
  private final ConcurrentSkipListMap<Long, Long> times = new ConcurrentSkipListMap<>();
  private final AtomicLong written = new AtomicLong();
  private volatile long read;

  /**
   * @param most records that may be written and not yet read
   */
  Lead(long most) {
    this.most = most;
  }

  /**
   * Notes a record about to be written; waits while the lead is full.
   *
   * @param eventTime its time, milliseconds since the epoch
   */
  void advance(long eventTime) throws InterruptedException {
    if (written.get() - read >= most) {
      lock.lockInterruptibly();
      try {
        while (written.get() - read >= most) {
          less.await();
        }
      } finally {
        lock.unlock();
      }
    }
    if (written.get() % MARK_EVERY == 0) {
      times.put(written.get(), eventTime);
    }
    written.incrementAndGet();
  }

  /** So many records are read in all. */
  void read(long total) {
    lock.lock();
    try {
      read = Math.max(read, Math.min(total, written.get()));
      less.signalAll();
    } finally {
      lock.unlock();
    }
    Long reached = times.floorKey(read);
    if (reached != null) {
      times.headMap(reached).clear();
    }
  }

  long written() {
    return written.get();
  }

  long read() {
    return read;
  }

  /** Records written and not yet read. */
  long size() {
    return Math.max(0, written.get() - read);
  }

  /**
   * About the event time that reading has reached.
   *
   * @param otherwise the answer while nothing is known
   */
  long eventTime(long otherwise) {
    Map.Entry<Long, Long> reached = times.floorEntry(read);
    return reached == null ? otherwise : reached.getValue();
  }
}
