package dev.weir.config.rule;

import dev.weir.config.lang.Numbers;
import dev.weir.flow.compress.CompressionTerms;
import dev.weir.wire.http.ContentCoding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the {@code compression} lines of a proxy add up to. */
final class CompressionLines {

    private static final class Direction {
        final List<ContentCoding> codings = new ArrayList<>();
        final List<byte[]> types = new ArrayList<>();
        long minimum;

        CompressionTerms terms(boolean offload) {
            return new CompressionTerms(List.copyOf(codings), List.copyOf(types), offload, minimum);
        }
    }

    private final Direction requests = new Direction();
    private final Direction responses = new Direction();
    private boolean offload;
    private boolean used;
    private String direction = "response";

    void add(List<String> words) {
        used = true;
        List<String> values = words.subList(1, words.size());
        switch (words.getFirst()) {
            case "algo", "algo-res" -> codings(responses, values);
            case "algo-req" -> codings(requests, values);
            case "type", "type-res" -> types(responses, values);
            case "type-req" -> types(requests, values);
            case "minsize-res" -> responses.minimum = Math.max(0, Numbers.size(values.getFirst()));
            case "minsize-req" -> requests.minimum = Math.max(0, Numbers.size(values.getFirst()));
            case "direction" -> direction = values.getFirst();
            default -> offload = true;
        }
    }

    private static void codings(Direction side, List<String> words) {
        for (String word : words) {
            if (!word.isEmpty()) {
                side.codings.add(ContentCoding.find(word));
            }
        }
    }

    private static void types(Direction side, List<String> words) {
        for (String word : words) {
            if (!word.isEmpty()) {
                side.types.add(word.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    boolean isUsed() {
        return used;
    }

    /** {@code request}, {@code response} or {@code both}. */
    String direction() {
        return direction;
    }

    CompressionTerms ofRequests() {
        return requests.terms(false);
    }

    CompressionTerms ofResponses() {
        return responses.terms(offload);
    }
}
