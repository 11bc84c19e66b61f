"""toxiproxy-cli, unmodified, against the server whose API is on the port given."""

import re
import subprocess
import sys

from echo_upstream import refuses, resets, said_back, start_echo

port, binary = sys.argv[1:]


def cli(*words):
    ran = subprocess.run(
        [binary, "--host", "http://127.0.0.1:" + port, *words], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, "%s: %s%s" % (" ".join(words), ran.stdout, ran.stderr)
    return ran.stdout


cli("create", "-l", "127.0.0.1:0", "-u", start_echo(), "cli")
listen = re.search(r"^cli\s+(127\.0\.0\.1:[1-9]\d*)\s", cli("list"), re.MULTILINE).group(1)
assert said_back(listen)[0] == b"hello", "a proxy without toxics passes nothing"

cli("toxic", "add", "-n", "slow", "-t", "latency", "-a", "latency=400", "cli")
assert "latency=400" in cli("inspect", "cli"), "the toxic is not as it was made"
back, seconds = said_back(listen)
assert back == b"hello" and seconds >= 0.4, "latency: %s after %.3f s" % (back, seconds)
cli("toxic", "update", "-n", "slow", "-a", "latency=800", "cli")
assert said_back(listen)[1] >= 0.8, "a change of latency has no effect"
cli("toxic", "remove", "-n", "slow", "cli")
assert said_back(listen)[1] < 0.4, "latency goes on after its removal"

cli("toxic", "add", "-n", "cut", "-t", "limit_data", "-a", "bytes=3", "cli")
assert said_back(listen)[0] == b"hel", "limit_data lets more or less through"
cli("toxic", "remove", "-n", "cut", "cli")
cli("toxic", "add", "-n", "rst", "-t", "reset_peer", "-u", "-a", "timeout=0", "cli")
assert resets(listen), "reset_peer does not reset"
cli("toxic", "remove", "-n", "rst", "cli")

cli("toggle", "cli")
assert refuses(listen), "a disabled proxy takes connections"
cli("toggle", "cli")
assert said_back(listen)[0] == b"hello", "an enabled proxy passes nothing"
cli("delete", "cli")
assert refuses(listen), "a deleted proxy takes connections"
