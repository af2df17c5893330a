package dev.weir.config.lang;

/**
 * Reads the arguments between a keyword's parentheses one after the other (configuration manual 2.2, the second level
 * of quoting): a comma or a closing parenthesis ends one unless quoted.
 *
 * <p>Owner: whoever parses.
 */
final class ArgumentReader {

    private final String text;
    private int at;

    ArgumentReader(String text, int from) {
        this.text = text;
        this.at = from;
    }

    /** The position of the character that ended the last argument, or the text's end. */
    int at() {
        return at;
    }

    void skip() {
        at++;
    }

    String next() {
        StringBuilder argument = new StringBuilder();
        char quote = 0;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quote == 0 && (c == ',' || c == ')')) {
                break;
            }
            if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else if (c == '\\' && quote != '\'' && at + 1 < text.length() && escape(text.charAt(at + 1)) != 0) {
                at++;
                argument.append(escape(text.charAt(at)));
            } else {
                argument.append(c);
            }
        }
        return argument.toString();
    }

    /** What a backslash makes of a character, or 0 when it stands for itself before it. */
    private static char escape(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '\\', '"', '\'', ' ' -> c;
            default -> 0;
        };
    }
}
