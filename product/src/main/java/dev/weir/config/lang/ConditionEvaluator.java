package dev.weir.config.lang;

/** Decides the condition of an {@code .if} or {@code .elif}; the caller of the reader provides it. */
public interface ConditionEvaluator {

    /** @param text the words after the directive, joined by single spaces */
    Result evaluate(String text);

    /**
     * What a condition came to.
     *
     * @param error null unless the condition could not be evaluated
     * @param position where in the text the error is, counted from 1, or 0 when unknown
     */
    record Result(boolean holds, String error, int position) {

        public static Result of(boolean holds) {
            return new Result(holds, null, 0);
        }

        public static Result error(String message) {
            return new Result(false, message, 0);
        }
    }
}
