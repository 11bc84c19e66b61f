// The Go client, unmodified, against the server whose API is on the port given.
package main

import (
	"errors"
	"io"
	"log"
	"net"
	"os"
	"syscall"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2/client"
)

func main() {
	log.SetFlags(0)
	server := toxiproxy.NewClient("127.0.0.1:" + os.Args[1])
	_, err := server.Version()
	require(err == nil, "no version", err)

	proxy, err := server.CreateProxy("go", "127.0.0.1:0", startEcho())
	require(err == nil, "no proxy", err)
	back, _, err := saidBack(proxy.Listen)
	require(back == "hello", "a proxy without toxics passes nothing", err)

	_, err = proxy.AddToxic("slow", "latency", "downstream", 1, toxiproxy.Attributes{"latency": 400})
	require(err == nil, "no latency", err)
	back, took, err := saidBack(proxy.Listen)
	require(back == "hello" && took >= 400*time.Millisecond, "latency", took, err)
	_, err = proxy.UpdateToxic("slow", 1, toxiproxy.Attributes{"latency": 800})
	require(err == nil, "latency cannot be changed", err)
	_, took, err = saidBack(proxy.Listen)
	require(took >= 800*time.Millisecond, "a change of latency has no effect", took, err)
	require(proxy.RemoveToxic("slow") == nil, "latency cannot be removed")
	_, took, err = saidBack(proxy.Listen)
	require(took < 400*time.Millisecond, "latency goes on after its removal", took, err)

	_, err = proxy.AddToxic("cut", "limit_data", "downstream", 1, toxiproxy.Attributes{"bytes": 3})
	require(err == nil, "no limit_data", err)
	back, _, _ = saidBack(proxy.Listen)
	require(back == "hel", "limit_data lets more or less through", back)
	require(proxy.RemoveToxic("cut") == nil, "limit_data cannot be removed")
	_, err = proxy.AddToxic("rst", "reset_peer", "upstream", 1, toxiproxy.Attributes{"timeout": 0})
	require(err == nil, "no reset_peer", err)
	_, _, err = saidBack(proxy.Listen)
	require(errors.Is(err, syscall.ECONNRESET), "reset_peer does not reset", err)

	require(proxy.Disable() == nil, "the proxy cannot be disabled")
	_, _, err = saidBack(proxy.Listen)
	require(errors.Is(err, syscall.ECONNREFUSED), "a disabled proxy takes connections", err)
	require(server.ResetState() == nil, "no reset")
	back, _, err = saidBack(proxy.Listen)
	require(back == "hello", "reset leaves something", err)

	populated, err := server.Populate([]toxiproxy.Proxy{{
		Name: "go", Listen: proxy.Listen, Upstream: proxy.Upstream, Enabled: true,
	}})
	require(err == nil && len(populated) == 1, "populate", err)
	require(proxy.Delete() == nil, "the proxy cannot be deleted")
	_, err = server.Proxy("go")
	require(err != nil, "a deleted proxy is there")
}

// What comes back through the proxy until it is all there, or the end.
func saidBack(listen string) (string, time.Duration, error) {
	connection, err := net.Dial("tcp", listen)
	if err != nil {
		return "", 0, err
	}
	defer connection.Close()
	began := time.Now()
	connection.SetDeadline(began.Add(20 * time.Second))
	if _, err = connection.Write([]byte("hello")); err != nil {
		return "", 0, err
	}
	back := make([]byte, 5)
	n, err := io.ReadFull(connection, back)
	return string(back[:n]), time.Since(began), err
}

func startEcho() string {
	server, err := net.Listen("tcp", "127.0.0.1:0")
	require(err == nil, "no upstream", err)
	go func() {
		for {
			client, err := server.Accept()
			if err != nil {
				return
			}
			go func() {
				defer client.Close()
				io.Copy(client, client)
			}()
		}
	}()
	return server.Addr().String()
}

func require(holds bool, otherwise ...any) {
	if !holds {
		log.Fatalln(otherwise...)
	}
}
