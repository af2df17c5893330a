package dev.weir.model.pattern;

/** Makes regular expressions. */
@FunctionalInterface
public interface RegexCompiler {

    Regex compile(byte[] pattern, boolean ignoreCase) throws PatternError;
}
