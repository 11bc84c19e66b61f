package dev.changeover.reports.render;

/// Names that try to break out of every format.
final class HostileText {

    static final String NAME =
            "</script><script>window.pwned=1</script>\"'`|\n## @all {{ 1 }} ]]> & \u0001 <!--<script>";
    static final String MODEL = "=cmd|' /C calc'!A0,\"<img src=x onerror=window.pwned=1>";

    private HostileText() {}
}
