package dev.weir.model.pattern;

/** Makes regular expressions. */
@FunctionalInterface
public interface RegexCompiler {

    Regex compile(byte[] pattern, boolean ignoreCase) throws PatternError;

    /** The system's library, not loaded before the first expression: that would take longer than all else at a start. */
    static RegexCompiler onDemand() {
        return (pattern, ignoreCase) -> Pcre2.system().compile(pattern, ignoreCase);
    }
}
