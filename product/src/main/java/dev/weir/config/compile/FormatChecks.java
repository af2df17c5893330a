package dev.weir.config.compile;

import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.log.LogClock;
import dev.weir.base.text.Place;
import dev.weir.config.rule.Findings;
import dev.weir.flow.expr.ExpressionLogValues;
import dev.weir.flow.expr.ExpressionScope;
import dev.weir.flow.expr.LogFormats;
import dev.weir.flow.expr.LogRecord;
import dev.weir.flow.expr.Point;
import dev.weir.model.proxy.ProxySpec;
import java.time.ZoneId;
import java.util.List;

/** Finds what is wrong in the log formats of proxies, so that it is told without a start. Boot's thread. */
final class FormatChecks {

    private record Checked(Setting<String> setting, String called, Point point) {}

    private static final List<Checked> FORMATS = List.of(
            new Checked(ProxySpec.LOG_FORMAT, "log-format", Point.LOG),
            new Checked(ProxySpec.LOG_FORMAT_SD, "log-format-sd", Point.LOG),
            new Checked(ProxySpec.UNIQUE_ID_FORMAT, "unique-id", Point.FE_REQUEST),
            new Checked(ProxySpec.ERROR_LOG_FORMAT, "error-log-format", Point.LOG));

    private final Findings findings;

    FormatChecks(Findings findings) {
        this.findings = findings;
    }

    /** Looks at the formats of a frontend. */
    void check(ProxyDraft proxy, ExpressionScope scope) {
        Settings settings = proxy.settings();
        boolean http = settings.get(ProxySpec.MODE) == ProxySpec.Mode.HTTP;
        for (Checked each : FORMATS) {
            String format = settings.get(each.setting);
            if (format != null) {
                LogFormats compiler = new LogFormats(new LogClock(ZoneId.systemDefault()), "", 0,
                        new ExpressionLogValues(scope, each.point, LogRecord::expressions), http);
                String error = compiler.compile(format).error();
                Place place = settings.placeOf(each.setting);
                if (error != null) {
                    findings.late(place, "Parsing [" + place + "]: failed to parse " + each.called + " : " + error);
                }
            }
        }
    }
}
