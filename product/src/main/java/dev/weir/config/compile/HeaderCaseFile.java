package dev.weir.config.compile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the file of {@code h1-case-adjust-file}: two spellings a line, of which the second is written. Stateless. */
final class HeaderCaseFile {

    private HeaderCaseFile() {}

    static List<String> read(String file) {
        List<String> spelled = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(Path.of(file), StandardCharsets.ISO_8859_1)) {
                String[] words = line.strip().split("\\s+");
                if (words.length == 2 && !words[0].startsWith("#") && words[0].equalsIgnoreCase(words[1])) {
                    spelled.add(words[1]);
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        return spelled;
    }
}
