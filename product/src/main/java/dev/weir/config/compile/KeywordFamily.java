package dev.weir.config.compile;

import dev.weir.config.lang.Statement;

/**
 * A family of keywords: a table of rows and the code that gives them their meaning. A row is
 * {@code name sections min-max status : message}. In the name a slash stands for a blank; a leading {@code !} marks
 * what is experimental, a leading {@code ~} what {@code no} and {@code default} may precede. The message about too
 * few arguments follows the quoted keyword, unless it starts with {@code =}; {@code ^} asks for the form without a
 * blank before the colon.
 */
public abstract class KeywordFamily {

    /** The rows, one a line; read when the first section that needs them opens. */
    public abstract String rows();

    /** Called with a line whose number of arguments is right. */
    public abstract void apply(Keyword keyword, Statement line, Draft draft);

    /** What is added to the message that a keyword is ignored in this kind of section. */
    protected String insteadOf(Keyword keyword) {
        return "";
    }
}
