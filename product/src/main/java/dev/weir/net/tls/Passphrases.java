package dev.weir.net.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Opens private keys that are sealed: with what opened others before, else with what the command of
 * {@code ssl-passphrase-cmd} prints. Owned by the thread that reads configurations.
 */
public final class Passphrases {

    private static final int PATIENCE_SECONDS = 30;
    private static final int LONGEST = 1024;

    private final List<String> command = new ArrayList<>();
    private final List<String> known = new ArrayList<>();

    /** The command and its arguments; none means there is no command. */
    public void ask(List<String> words) {
        command.clear();
        command.addAll(words);
    }

    /** The key of a file, 0 when there is none in it. */
    long key(PemFile pem, String path) throws TlsError {
        if (!pem.isSealed()) {
            return pem.key();
        }
        for (String each : known) {
            long key = pem.key(each);
            if (key != 0) {
                return key;
            }
        }
        if (command.isEmpty()) {
            throw new TlsError("unable to load private key from file '" + path + "': a passphrase seals it, and no"
                    + " 'ssl-passphrase-cmd' in the global section names the command that prints one.");
        }
        String phrase = asked(path);
        long key = pem.key(phrase);
        if (key == 0) {
            throw new TlsError("unable to load private key from file '" + path + "': '" + command.getFirst()
                    + "' gave a passphrase that does not open it.");
        }
        known.add(phrase);
        return key;
    }

    private String asked(String path) throws TlsError {
        List<String> words = new ArrayList<>(command);
        words.add(1, path);
        try {
            Process process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            process.getOutputStream().close();
            byte[] said = process.getInputStream().readNBytes(LONGEST);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw failure(path, "did not end within " + PATIENCE_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw failure(path, "ended with " + process.exitValue());
            }
            String text = new String(said, StandardCharsets.ISO_8859_1);
            int end = text.indexOf('\n');
            return end < 0 ? text : text.substring(0, end);
        } catch (IOException e) {
            throw failure(path, "cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(path, "was interrupted");
        }
    }

    private TlsError failure(String path, String what) {
        return new TlsError("unable to load private key from file '" + path + "': '" + command.getFirst() + "' " + what + ".");
    }
}
