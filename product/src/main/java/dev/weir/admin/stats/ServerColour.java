package dev.weir.admin.stats;

/** The class of a server's row, which gives it its colour. Stateless. */
final class ServerColour {

    private ServerColour() {}

    static String of(Cells row) {
        String status = row.text(Metric.STATUS);
        if (status.startsWith("MAINT")) {
            return "maintain";
        }
        return (row.value(Metric.BCK) > 0 ? "backup_" : "active_") + state(status);
    }

    private static String state(String status) {
        boolean wavering = status.indexOf('/') >= 0;
        if (status.equals("no check")) {
            return "no_check";
        } else if (status.startsWith("UP")) {
            return wavering ? "going_down" : "up";
        } else if (status.startsWith("DOWN")) {
            return wavering ? "going_up" : "down";
        }
        return status.startsWith("NOLB") ? "nolb" : "draining";
    }
}
