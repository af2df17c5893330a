package dev.weir.base.time;

/**
 * Holds the timers of one worker, with a resolution of 1 ms.
 *
 * <p>A hierarchy of wheels: 256 slots of 1 ms, then four wheels of 64 slots, each slot as long as the whole wheel
 * before it (256 ms, 16 s, 17 min, 18 h). A timer is filed by its distance and moves down when the slot that holds it
 * begins; the words of {@code occupied} say in which slots there is anything, so that the next moment to wake up is
 * found with a few bit operations.
 *
 * <p>Timers are lazy: moving a deadline further away or disarming only changes the field; an entry that comes up
 * before its deadline files itself again. Only an earlier deadline moves the entry at once. Worker-owned.
 */
public final class TimerWheel {

    private static final int FIRST_BITS = 8;
    private static final int BITS = 6;
    private static final int LEVELS = 5;

    /** One slot: a ring of timers. */
    static final class Slot {
        Timer head;
        final int level;
        final int index;

        Slot(int level, int index) {
            this.level = level;
            this.index = index;
        }
    }

    private final Slot[][] slots = new Slot[LEVELS][];
    private final long[][] occupied = new long[LEVELS][];
    /** Every tick below this one has been served. */
    private long now;
    private int size;

    public TimerWheel(long nowMs) {
        now = nowMs;
        for (int level = 0; level < LEVELS; level++) {
            int count = level == 0 ? 1 << FIRST_BITS : 1 << BITS;
            slots[level] = new Slot[count];
            occupied[level] = new long[(count + 63) / 64];
        }
    }

    /** Arms the timer, or moves it when it is armed already. A deadline that has passed fires in the next turn. */
    public void arm(Timer timer, long deadlineMs) {
        timer.deadline = deadlineMs;
        if (timer.slot == null) {
            file(timer);
        } else if (deadlineMs < timer.filed) {
            unlink(timer);
            file(timer);
        }
    }

    /** The timer will not fire; its entry stays until it comes up, unless it is armed again. */
    public void disarm(Timer timer) {
        timer.deadline = Timer.NEVER;
    }

    /** Disarms and forgets the timer at once, for an owner that is not coming back. */
    public void remove(Timer timer) {
        timer.deadline = Timer.NEVER;
        if (timer.slot != null) {
            unlink(timer);
        }
    }

    public int size() {
        return size;
    }

    /** Fires all that is due up to and including {@code nowMs}. */
    public void advance(long nowMs) {
        while (now <= nowMs) {
            long next = nextTick();
            if (next > nowMs) {
                now = nowMs + 1;
                return;
            }
            now = Math.max(now, next);
            cascade();
            fireSlot(nowMs);
            now++;
        }
    }

    /** The next moment at which {@link #advance} has something to do, or {@link Timer#NEVER}. */
    public long nextTick() {
        if (size == 0) {
            return Timer.NEVER;
        }
        long best = Timer.NEVER;
        for (int level = 0; level < LEVELS; level++) {
            long tick = nextTick(level);
            if (tick < best) {
                best = tick;
            }
        }
        return best;
    }

    private long nextTick(int level) {
        int shift = shift(level);
        int count = slots[level].length;
        long current = now >>> shift;
        // a slot of an upper wheel is served at its first tick only
        if (level > 0 && (now & (1L << shift) - 1) != 0) {
            current++;
        }
        int distance = distanceToOccupied(level, (int) current & count - 1, count);
        return distance < 0 ? Timer.NEVER : current + distance << shift;
    }

    private int distanceToOccupied(int level, int from, int count) {
        long[] words = occupied[level];
        for (int seen = 0; seen < count;) {
            int index = from + seen & count - 1;
            long word = words[index >> 6] >>> (index & 63);
            int inWord = Math.min(64 - (index & 63), count - index);
            if (word != 0) {
                int at = seen + Long.numberOfTrailingZeros(word);
                return at < count ? at : -1;
            }
            seen += inWord;
        }
        return -1;
    }

    /** Moves down the slots of the upper wheels that begin at this very tick, the highest first. */
    private void cascade() {
        for (int level = LEVELS - 1; level > 0; level--) {
            int shift = shift(level);
            if ((now & (1L << shift) - 1) == 0) {
                Slot slot = slots[level][(int) (now >>> shift) & (1 << BITS) - 1];
                Timer timer = slot == null ? null : take(slot);
                while (timer != null) {
                    Timer following = timer.next;
                    timer.next = null;
                    if (timer.deadline != Timer.NEVER) {
                        file(timer);
                    }
                    timer = following;
                }
            }
        }
    }

    private void fireSlot(long nowMs) {
        Slot slot = slots[0][(int) now & (1 << FIRST_BITS) - 1];
        Timer timer = slot == null ? null : take(slot);
        // the whole slot is detached before anything fires: what a timer arms or removes cannot upset the walk
        while (timer != null) {
            Timer following = timer.next;
            timer.next = null;
            if (timer.deadline <= now) {
                due(timer);
            } else if (timer.deadline != Timer.NEVER) {
                file(timer);
            }
            timer = following;
        }
        runDue(nowMs);
    }

    private boolean firing;
    private Timer dueHead;
    private Timer dueTail;

    private void due(Timer timer) {
        if (dueTail == null) {
            dueHead = timer;
        } else {
            dueTail.next = timer;
            timer.previous = dueTail;
        }
        dueTail = timer;
        timer.slot = DUE;
        size++;
    }

    private static final Slot DUE = new Slot(-1, 0);

    private void runDue(long nowMs) {
        firing = true;
        while (dueHead != null) {
            Timer timer = dueHead;
            unlink(timer);
            if (timer.deadline <= now) {
                timer.deadline = Timer.NEVER;
                timer.fire(nowMs);
            } else if (timer.deadline != Timer.NEVER) {
                file(timer);
            }
        }
        firing = false;
    }

    private void file(Timer timer) {
        // the slot of this moment is over for what is armed while timers fire: it would come up a whole turn later
        long tick = Math.max(timer.deadline, firing ? now + 1 : now);
        long distance = tick - now;
        int level = 0;
        while (level < LEVELS - 1 && distance >= 1L << shift(level + 1)) {
            level++;
        }
        int shift = shift(level);
        int count = slots[level].length;
        long position = tick >>> shift;
        if (position - (now >>> shift) >= count) {
            position = (now >>> shift) + count - 1;
        }
        timer.filed = level == 0 ? tick : position << shift;
        link(timer, level, (int) position & count - 1);
    }

    private void link(Timer timer, int level, int index) {
        Slot slot = slots[level][index];
        if (slot == null) {
            slot = new Slot(level, index);
            slots[level][index] = slot;
        }
        timer.slot = slot;
        timer.previous = null;
        timer.next = slot.head;
        if (slot.head != null) {
            slot.head.previous = timer;
        }
        slot.head = timer;
        occupied[level][index >> 6] |= 1L << (index & 63);
        size++;
    }

    private void unlink(Timer timer) {
        Slot slot = timer.slot;
        if (timer.previous != null) {
            timer.previous.next = timer.next;
        } else if (slot == DUE) {
            dueHead = timer.next;
        } else {
            slot.head = timer.next;
            if (slot.head == null) {
                occupied[slot.level][slot.index >> 6] &= ~(1L << (slot.index & 63));
            }
        }
        if (timer.next != null) {
            timer.next.previous = timer.previous;
        } else if (slot == DUE) {
            dueTail = timer.previous;
        }
        timer.next = null;
        timer.previous = null;
        timer.slot = null;
        size--;
    }

    /** Empties the slot; the timers stay chained by {@code next} and belong to no slot. */
    private Timer take(Slot slot) {
        Timer head = slot.head;
        slot.head = null;
        occupied[slot.level][slot.index >> 6] &= ~(1L << (slot.index & 63));
        for (Timer timer = head; timer != null; timer = timer.next) {
            timer.slot = null;
            timer.previous = null;
            size--;
        }
        return head;
    }

    private static int shift(int level) {
        return level == 0 ? 0 : FIRST_BITS + BITS * (level - 1);
    }
}
