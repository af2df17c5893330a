package dev.weir.config.rule;

import dev.weir.base.text.Phrase;
import dev.weir.config.lang.Numbers;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.reply.ErrorPages;
import dev.weir.flow.reply.Reply;
import dev.weir.flow.rule.ErrorReplies;
import dev.weir.flow.rule.ReplyMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the error pages of a proxy: {@code errorfile}, {@code errorloc*}, {@code errorfiles} and http-errors sections. */
public final class ErrorPageLines {

    /** The {@code http-errors} sections by name, each with its {@code errorfile} lines. */
    private final Map<String, List<Phrase>> sections;
    private final int largest;
    private final ReplyMaker[] byStatus = new ReplyMaker[600];
    private final Map<String, ReplyMaker> files = new HashMap<>();

    /** @param largest how long a page may be: the size of a buffer */
    public ErrorPageLines(Map<String, List<Phrase>> sections, int largest) {
        this.sections = sections;
        this.largest = largest;
    }

    /** One line of the proxy. */
    public void add(Phrase line) throws ExpressionError {
        List<String> words = line.words();
        int status = (int) Numbers.leading(words.size() > 1 ? words.get(1) : "");
        switch (words.getFirst()) {
            case "errorfile" -> byStatus[status] = named("errorfile : ", words.get(2));
            case "errorloc", "errorloc302" -> byStatus[status] = elsewhere(302, words.get(2));
            case "errorloc303" -> byStatus[status] = elsewhere(303, words.get(2));
            default -> all(line);
        }
    }

    void set(int status, ReplyMaker reply) {
        byStatus[status] = reply;
    }

    ErrorReplies replies() {
        return ErrorReplies.of(byStatus);
    }

    /** {@code errorfiles name [code...]}. */
    private void all(Phrase line) throws ExpressionError {
        String name = line.words().get(1);
        for (Phrase each : section(name)) {
            int status = (int) Numbers.leading(each.words().get(1));
            boolean wanted = line.words().size() < 3
                    || line.words().subList(2, line.words().size()).contains(Integer.toString(status));
            if (wanted) {
                byStatus[status] = file(each.words().get(2));
            }
        }
    }

    private List<Phrase> section(String name) throws ExpressionError {
        List<Phrase> section = sections.get(name);
        if (section == null) {
            throw ExpressionError.unresolved("unknown http-errors section '" + name + "'");
        }
        return section;
    }

    /** The page of a section for one status; without one, the proxy's own. */
    ReplyMaker ofSection(String name, int status) throws ExpressionError {
        List<Phrase> section = sections.get(name);
        if (section == null) {
            throw ExpressionError.unresolved("unknown http-errors section '" + name
                    + "' referenced by an http reply ");
        }
        ReplyMaker found = context -> context.errorPage(status);
        for (Phrase each : section) {
            if (Numbers.leading(each.words().get(1)) == status) {
                found = file(each.words().get(2));
            }
        }
        return found;
    }

    private ReplyMaker named(String prefix, String file) throws ExpressionError {
        try {
            return file(file);
        } catch (ExpressionError e) {
            throw new ExpressionError(prefix + e.getMessage());
        }
    }

    /** A whole answer from a file. */
    ReplyMaker file(String name) throws ExpressionError {
        ReplyMaker known = files.get(name);
        if (known == null) {
            Reply reply = parse(name, bytes(name, "."));
            known = context -> reply;
            files.put(name, known);
        }
        return known;
    }

    byte[] bytes(String name) throws ExpressionError {
        return bytes(name, "");
    }

    /** @param stop what ends the message when there is no such file */
    private byte[] bytes(String name, String stop) throws ExpressionError {
        try {
            byte[] bytes = Files.readAllBytes(Path.of(name));
            if (bytes.length > largest) {
                throw new ExpressionError("file '" + name + "' exceeds the buffer size (" + bytes.length + " > "
                        + largest + ")");
            }
            return bytes;
        } catch (IOException e) {
            throw new ExpressionError("error opening file '" + name + "'" + stop);
        }
    }

    private static ReplyMaker elsewhere(int status, String url) {
        Reply reply = new Reply(status == 302 ? "302 Found" : "303 See Other",
                "cache-control: no-cache\r\ncontent-length: 0\r\nlocation: " + url + "\r\n",
                new Reply.Whole(new byte[0]));
        return context -> reply;
    }

    private static Reply parse(String name, byte[] bytes) throws ExpressionError {
        if (bytes.length == 0) {
            return Reply.silence(503);
        }
        AnswerFile file = new AnswerFile(bytes);
        String error = file.read();
        if (error != null) {
            throw new ExpressionError("'" + name + "': " + error);
        }
        return file.reply();
    }

    static boolean isKnown(int status) {
        return ErrorPages.has(status);
    }
}
