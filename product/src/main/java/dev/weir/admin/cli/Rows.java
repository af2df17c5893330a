package dev.weir.admin.cli;

import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;

/** An answer that is a head and a row for each of many things, written as they are reached. One use. */
public final class Rows<T> implements Answer {

    private final Iterator<T> things;
    private final BiConsumer<StringBuilder, T> row;
    private String head;

    public Rows(String head, List<T> things, BiConsumer<StringBuilder, T> row) {
        this.head = head;
        this.things = things.iterator();
        this.row = row;
    }

    @Override
    public Progress write(StringBuilder out, int atLeast) {
        out.append(head);
        head = "";
        while (out.length() < atLeast) {
            if (!things.hasNext()) {
                return Progress.DONE;
            }
            row.accept(out, things.next());
        }
        return Progress.MORE;
    }
}
