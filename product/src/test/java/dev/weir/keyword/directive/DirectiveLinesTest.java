package dev.weir.keyword.directive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said about each line of lines.txt and each file of whole.txt. */
class DirectiveLinesTest {

    static List<LineRow> rows() {
        return LineRow.all();
    }

    static List<LineRow> files() {
        return LineRow.files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void saysWhatIsExpectedOfWholeFiles(LineRow row) {
        assertEquals(row.expected(), Reading.of(row.file()).allMessages());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void saysWhatIsExpected(LineRow row) {
        assertEquals(row.expected(), Reading.of(row.file()).messages());
    }
}
