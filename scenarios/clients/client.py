"""toxiproxy-python, unmodified, against the server whose API is on the port given."""

import sys

from echo_upstream import refuses, resets, said_back, start_echo
from toxiproxy import Toxiproxy

server = Toxiproxy()
server.update_api_consumer("127.0.0.1", int(sys.argv[1]))
assert server.running() and b"version" in server.version(), "no version"

proxy = server.create(upstream=start_echo(), name="python")
assert said_back(proxy.listen)[0] == b"hello", "a proxy without toxics passes nothing"
assert "python" in server.proxies(), "the proxy is not listed"

proxy.add_toxic(name="slow", type="latency", attributes={"latency": 400, "jitter": 0})
assert proxy.get_toxic("slow").attributes["latency"] == 400, "the toxic is not as it was made"
back, seconds = said_back(proxy.listen)
assert back == b"hello" and seconds >= 0.4, "latency: %s after %.3f s" % (back, seconds)
proxy.destroy_toxic("slow")
assert said_back(proxy.listen)[1] < 0.4, "latency goes on after its removal"

proxy.add_toxic(type="limit_data", attributes={"bytes": 3})
assert said_back(proxy.listen)[0] == b"hel", "limit_data lets more or less through"
proxy.destroy_toxic("limit_data_downstream")
proxy.add_toxic(type="reset_peer", stream="upstream", attributes={"timeout": 0})
assert resets(proxy.listen), "reset_peer does not reset"

with proxy.down():
    assert refuses(proxy.listen), "a disabled proxy takes connections"
server.reset()
assert proxy.toxics() == {} and said_back(proxy.listen)[0] == b"hello", "reset leaves something"
proxy.destroy()
assert refuses(proxy.listen) and server.get_proxy("python") is None, "a deleted proxy is there"
