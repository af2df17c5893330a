package dev.weir.config.rule;

import dev.weir.flow.rule.CaptureLayout;
import dev.weir.wire.http.HeaderName;
import java.util.ArrayList;
import java.util.List;

/** The capture slots of a proxy in the order of their declaration. */
public final class CaptureSlots {

    private final List<CaptureLayout.Slot> request = new ArrayList<>();
    private final List<CaptureLayout.Slot> response = new ArrayList<>();
    private CaptureLayout.Slot cookie;

    /** Adds a slot and tells its number; without a header's name only rules fill it. */
    public int add(boolean ofResponse, String header, int length) {
        List<CaptureLayout.Slot> slots = ofResponse ? response : request;
        slots.add(new CaptureLayout.Slot(header == null ? null : HeaderName.of(header), null, length));
        return slots.size() - 1;
    }

    public void cookie(String name, int length) {
        cookie = new CaptureLayout.Slot(null, ActionLine.bytes(name), length);
    }

    public boolean has(boolean ofResponse, int slot) {
        return slot >= 0 && slot < (ofResponse ? response : request).size();
    }

    CaptureLayout layout() {
        return new CaptureLayout(request.toArray(new CaptureLayout.Slot[0]), response.toArray(new CaptureLayout.Slot[0]),
                cookie);
    }
}
