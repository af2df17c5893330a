package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Mask;
import dev.weir.admin.cli.Text;
import dev.weir.config.lang.VersionNumbers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code show dev}: what the process runs on, as the manual's example has it. Stateless. */
final class DevText {

    private DevText() {}

    static Answer of(Site site, Call call) {
        StringBuilder out = new StringBuilder("Features\n  Compatible with ").append(VersionNumbers.COMPATIBLE)
                .append("\nPlatform info\n");
        row(out, "machine vendor", line("/sys/class/dmi/id/sys_vendor", ""));
        row(out, "machine family", line("/sys/class/dmi/id/product_family", ""));
        row(out, "cpu model", after(line("/proc/cpuinfo", "model name"), ':'));
        row(out, "virtual machine", line("/proc/cpuinfo", "flags").contains(" hypervisor") ? "yes" : "no");
        row(out, "OS name", System.getProperty("os.name"));
        row(out, "OS release", line("/proc/sys/kernel/osrelease", ""));
        row(out, "OS version", line("/proc/sys/kernel/version", ""));
        row(out, "OS architecture", System.getProperty("os.arch"));
        row(out, "node name", Mask.shown(call.terminal(), site.story().node()));
        row(out, "java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        out.append("Process info\n");
        row(out, "pid", Long.toString(site.runtime().identity().pid()));
        row(out, "boot uid", field("/proc/self/status", "Uid:", 1));
        row(out, "boot gid", field("/proc/self/status", "Gid:", 1));
        row(out, "fd limit (soft)", field("/proc/self/limits", "Max open files", 3));
        row(out, "fd limit (hard)", field("/proc/self/limits", "Max open files", 4));
        row(out, "threads", Integer.toString(site.runtime().workers().size()));
        row(out, "engine", site.runtime().conductor().engine().toString());
        row(out, "heap limit", Long.toString(Runtime.getRuntime().maxMemory()));
        return Text.dump(out);
    }

    /** What has no value is left out. */
    private static void row(StringBuilder out, String name, String value) {
        if (!value.isEmpty()) {
            out.append("  ").append(name).append(": ").append(value).append('\n');
        }
    }

    /** The first line that begins so, empty where there is none. */
    private static String line(String file, String begin) {
        try {
            for (String line : Files.readString(Path.of(file), StandardCharsets.ISO_8859_1).split("\n")) {
                if (line.startsWith(begin)) {
                    return line.strip();
                }
            }
        } catch (IOException e) {
            return "";
        }
        return "";
    }

    private static String after(String line, char sign) {
        return line.substring(line.indexOf(sign) + 1).strip();
    }

    private static String field(String file, String begin, int at) {
        String[] words = line(file, begin).split("\\s+");
        return at < words.length ? words[at] : "";
    }
}
