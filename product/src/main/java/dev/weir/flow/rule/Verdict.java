package dev.weir.flow.rule;

/** What an action, or a whole set of rules, decided. */
public enum Verdict {
    /** The next rule. */
    CONTINUE,
    /** No further rule of this set. */
    STOP,
    /** More data or time is needed; the same rule is entered again. */
    WAIT,
    /** {@link RuleContext#reply} is to be sent instead of what would come. */
    REPLY,
    /** The connection is closed without a word. */
    REJECT,
    /** The connection disappears without even telling its peer. */
    VANISH,
    /** The other side is closed once what it sent has been passed on. */
    CLOSE,
    /** The exchange becomes one of HTTP. */
    SWITCH,
    /** Something of ours failed, such as the room for an edit: an internal error. */
    FAIL
}
