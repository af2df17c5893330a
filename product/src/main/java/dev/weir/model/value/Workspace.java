package dev.weir.model.value;

import java.util.ArrayList;
import java.util.List;

/**
 * A worker's memory for values under way. Areas are lent in turn, so that a converter can write one while it reads the one
 * before; an expression that is evaluated inside another takes a level of its own. Worker-owned.
 */
public final class Workspace {

    /** A converter writes one area, casts of its variables take two more, and its input must survive all of them. */
    private static final int AREAS = 4;

    private final int limit;
    private final List<Level> levels = new ArrayList<>();
    private Level level;
    private int depth;

    /** One level: its areas and a sample for values that a converter looks up. */
    private static final class Level {
        final Area[] areas = new Area[AREAS];
        final Sample spare = new Sample();
        final Sample second = new Sample();
        int turn;

        Level(int limit) {
            for (int i = 0; i < AREAS; i++) {
                areas[i] = new Area(limit);
            }
        }
    }

    /** With {@code tune.bufsize} as the longest value. */
    public Workspace(int limit) {
        this.limit = limit;
        level = new Level(limit);
        levels.add(level);
    }

    public int limit() {
        return limit;
    }

    /** An empty area; what the fourth call before this one lent is forgotten. */
    public Area area() {
        level.turn = level.turn + 1 & AREAS - 1;
        return level.areas[level.turn].clear();
    }

    /** A sample for a value beside the one that is being converted. */
    public Sample spare() {
        level.spare.clear();
        return level.spare;
    }

    /** Another one, for what an inner expression gives. */
    public Sample inner() {
        level.second.clear();
        return level.second;
    }

    /** Begins an expression inside an expression. */
    public void enter() {
        depth++;
        if (depth == levels.size()) {
            levels.add(new Level(limit));
        }
        level = levels.get(depth);
    }

    public void leave() {
        depth--;
        level = levels.get(depth);
    }

    /** How many expressions are under way inside each other. */
    public int depth() {
        return depth;
    }
}
