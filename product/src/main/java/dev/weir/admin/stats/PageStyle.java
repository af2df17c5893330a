package dev.weir.admin.stats;

/** The colours and shapes of the statistics page, by the names of its classes. */
final class PageStyle {

    static final String TEXT = """
            <style type="text/css">
            :root{color-scheme:light dark}
            body{font:12px/1.3 arial,helvetica,sans-serif}
            th,td{font-size:10px}
            h1,h2{font-size:x-large;margin:0 0 .2em}h2{font-style:italic;color:#6020a0}
            h3{font-size:16px;color:#b00040;background:#8883;margin:0}
            .hr{border:0;border-bottom:1px solid}
            .titre{background:#20b8b8;color:#000;text-align:center}
            .frontend,.backend{background:#88885522}.socket{background:#8884}
            .active_up{background:#5c58}.active_going_up{background:#fc2a}.active_going_down{background:#ff88}
            .active_down,.backup_down{background:#f44a}.active_nolb,.active_draining{background:#29fa}
            .active_no_check,.backup_no_check{background:#8884}
            .backup_up{background:#8bf8}.backup_going_up{background:#f8f8}.backup_going_down{background:#c6f8}
            .backup_nolb{background:#79e8}.backup_draining{background:#c90a}.maintain{background:#c07820aa}
            .rls{letter-spacing:.2em;margin-right:1px}
            a.px{color:#ffff40;text-decoration:none}a.lfsb{color:inherit;text-decoration:none}
            table.tbl,table.lgd,table.det{border-collapse:collapse}
            table.tbl td,table.tbl th{border:1px solid gray;padding:2px 3px;white-space:nowrap}
            table.tbl td{text-align:right}table.tbl td.ac{text-align:center}
            table.tbl th.pxname{background:#b00040;color:#ffff40}
            table.tbl th.empty{border:0}table.tbl th.desc{text-align:left}
            table.lgd td{border:1px solid gray;padding:2px}table.lgd td.noborder{border:0;white-space:nowrap}
            table.det th,table.det td{border:0;padding:0 3px;font-size:11px}
            table.det th{text-align:left}table.det td{text-align:right}
            u{text-decoration:none;border-bottom:1px dotted}
            div.tips{visibility:hidden;position:absolute;z-index:9;padding:3px 5px;background:#f0f060;color:#000;
            border:1px solid #7040c0;border-radius:3px;white-space:nowrap;text-align:left}
            u:hover div.tips{visibility:visible}
            </style>
            """;

    static final String LEGEND = """
            </td><td align="center" nowrap>
            <table class="lgd"><tr>
            <td class="active_up">&nbsp;</td><td class="noborder">active UP </td>\
            <td class="backup_up">&nbsp;</td><td class="noborder">backup UP </td></tr><tr>
            <td class="active_going_down"></td><td class="noborder">active UP, going down </td>\
            <td class="backup_going_down"></td><td class="noborder">backup UP, going down </td></tr><tr>
            <td class="active_going_up"></td><td class="noborder">active DOWN, going up </td>\
            <td class="backup_going_up"></td><td class="noborder">backup DOWN, going up </td></tr><tr>
            <td class="active_down"></td><td class="noborder">active or backup DOWN &nbsp;</td>\
            <td class="active_no_check"></td><td class="noborder">not checked </td></tr><tr>
            <td class="maintain"></td><td class="noborder" colspan="3">active or backup DOWN for maintenance \
            (MAINT) &nbsp;</td></tr><tr>
            <td class="active_draining"></td><td class="noborder" colspan="3">active or backup SOFT STOPPED for \
            maintenance &nbsp;</td></tr></table>
            Note: "NOLB"/"DRAIN" = UP with load-balancing disabled.</td>""";

    static final String COLUMNS = """
            <tr class="titre"><th>Cur</th><th>Max</th><th>Limit</th><th>Cur</th><th>Max</th><th>Limit</th>\
            <th>Cur</th><th>Max</th><th>Limit</th><th>Total</th><th>LbTot</th><th>Last</th><th>In</th><th>Out</th>\
            <th>Req</th><th>Resp</th><th>Req</th><th>Conn</th><th>Resp</th><th>Retr</th><th>Redis</th>\
            <th>Status</th><th>LastChk</th><th>Wght</th><th>Act</th><th>Bck</th><th>Chk</th><th>Dwn</th>\
            <th>Dwntme</th><th>Thrtle</th>
            """;

    static final String GROUPS = "<th colspan=3>Queue</th><th colspan=3>Session rate</th><th colspan=6>Sessions</th>"
            + "<th colspan=2>Bytes</th><th colspan=2>Denied</th><th colspan=3>Errors</th><th colspan=2>Warnings</th>"
            + "<th colspan=9>Server</th>";

    static final String ACTIONS = """
            Choose the action to perform on the checked servers : <select name=action><option value=""></option>\
            <option value="ready">Set state to READY</option><option value="drain">Set state to DRAIN</option>\
            <option value="maint">Set state to MAINT</option><option value="dhlth">Health: disable checks</option>\
            <option value="ehlth">Health: enable checks</option><option value="hrunn">Health: force UP</option>\
            <option value="hnolb">Health: force NOLB</option><option value="hdown">Health: force DOWN</option>\
            <option value="dagent">Agent: disable checks</option><option value="eagent">Agent: enable checks</option>\
            <option value="arunn">Agent: force UP</option><option value="adown">Agent: force DOWN</option>\
            <option value="shutdown">Kill Sessions</option></select>""";

    private PageStyle() {}
}
