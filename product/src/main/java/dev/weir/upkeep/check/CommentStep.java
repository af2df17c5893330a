package dev.weir.upkeep.check;

/** A remark about the steps behind it, which is said when one of them fails. */
public record CommentStep(String comment) implements CheckStep {

    @Override
    public Progress run(CheckRun run) {
        return Progress.NEXT;
    }
}
