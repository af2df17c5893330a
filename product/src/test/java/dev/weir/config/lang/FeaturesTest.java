package dev.weir.config.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FeaturesTest {

    @Test
    void isInOrderWithoutRepeats() {
        List<String> names = Features.ALL.stream().map(Features.Feature::name).toList();
        List<String> sorted = new ArrayList<>(names);
        Collections.sort(sorted);
        assertEquals(sorted.stream().distinct().toList(), names);
    }

    /** A plus sign is a promise: a test class of that name must exist, here or among the black-box tests. */
    @Test
    void everyEnabledFeatureNamesItsTest() throws Exception {
        List<String> tests = new ArrayList<>();
        for (String root : List.of("src/test/java", "../it/src/test/java")) {
            if (Files.isDirectory(Path.of(root))) {
                try (Stream<Path> files = Files.walk(Path.of(root))) {
                    files.map(f -> f.getFileName().toString()).forEach(tests::add);
                }
            }
        }
        assertTrue(tests.contains("FeaturesTest.java"));
        List<String> broken = Features.ALL.stream().filter(Features.Feature::isEnabled)
                .filter(f -> !tests.contains(f.test() + ".java")).map(Features.Feature::name).toList();
        assertEquals(List.of(), broken, "features with a plus sign whose test does not exist");
    }

    @Test
    void versionIsThePomsVersion() throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));
        assertTrue(pom.contains("<version>" + VersionNumbers.WEIR + "</version>"), VersionNumbers.WEIR);
    }
}
