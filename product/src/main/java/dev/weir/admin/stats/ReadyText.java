package dev.weir.admin.stats;

/** A text that is there already, as a view. One use. */
record ReadyText(String text) implements StatsView {

    @Override
    public boolean write(StringBuilder out, int atLeast) {
        out.append(text);
        return false;
    }
}
