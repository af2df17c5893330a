package dev.weir.it.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that takes everything and keeps whole conversations, dates masked. */
public final class MailServer implements AutoCloseable {

    private final Origin origin;
    private final List<String> conversations = new CopyOnWriteArrayList<>();

    /**
     * @param greeting its lines; empty for one that says nothing
     * @param several whether answers have more than one line
     */
    public MailServer(String greeting, boolean several) throws IOException {
        origin = Origin.of((socket, in, out) -> {
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
            StringBuilder said = new StringBuilder();
            out.write(greeting.getBytes(StandardCharsets.US_ASCII));
            boolean data = false;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                said.append(line.replaceFirst("^Date: .*", "Date:")).append('\n');
                String answer = data ? line.equals(".") ? "250 taken" : null : line.equals("DATA") ? "354 go on"
                        : line.equals("QUIT") ? "221 bye" : several ? "250-yes\r\n250 yes" : "250 yes";
                data = line.equals("DATA") || data && !line.equals(".");
                if (answer != null) {
                    out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
                }
                if (answer != null && answer.startsWith("221")) {
                    conversations.add(said.toString());
                    return;
                }
            }
            if (!said.isEmpty()) {
                conversations.add("broken off: " + said);
            }
        });
    }

    public int port() {
        return origin.port();
    }

    /** Those that have ended with what belongs at the end. */
    public List<String> conversations() {
        return conversations;
    }

    @Override
    public void close() throws IOException {
        origin.close();
    }
}
