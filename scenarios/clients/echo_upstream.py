"""What the programs in Python share: an upstream that says everything back, and looks at a connection through a proxy."""

import socket
import threading
import time

PATIENCE_SECONDS = 20


def start_echo():
    """Returns the address of the upstream, as a proxy's is written."""
    server = socket.create_server(("127.0.0.1", 0))

    def echo(client):
        with client:
            try:
                while chunk := client.recv(4096):
                    client.sendall(chunk)
            except OSError:
                pass  # the proxy broke the connection, as it was told to

    def accept():
        while True:
            threading.Thread(target=echo, args=(server.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return "127.0.0.1:%d" % server.getsockname()[1]


def said_back(listen, words=b"hello"):
    """What comes back through the proxy until it is all there or the end, and after how many seconds."""
    host, port = listen.rsplit(":", 1)
    with socket.create_connection((host, int(port)), PATIENCE_SECONDS) as connection:
        began = time.monotonic()
        connection.sendall(words)
        back = b""
        while len(back) < len(words) and (chunk := connection.recv(4096)):
            back += chunk
        return back, time.monotonic() - began


def refuses(listen):
    try:
        said_back(listen)
    except ConnectionRefusedError:
        return True
    return False


def resets(listen):
    try:
        said_back(listen)
    except ConnectionResetError:
        return True
    return False
