// toxiproxy-node-client, unmodified, against the server whose API is on the port given.
const assert = require("node:assert");
const net = require("node:net");
const { Toxiproxy } = require("toxiproxy-node-client");

function startEcho() {
  const server = net.createServer((client) => {
    client.on("error", () => {}); // the proxy broke the connection, as it was told to
    client.pipe(client);
  });
  return new Promise((started) => server.listen(0, "127.0.0.1", () => started(server)));
}

// What comes back through the proxy until it is all there or the end, and after how many milliseconds.
function saidBack(listen, words = "hello") {
  return new Promise((done, failed) => {
    const began = performance.now();
    let back = "";
    const socket = net.connect(Number(listen.split(":").pop()), "127.0.0.1", () => socket.write(words));
    socket.setTimeout(20_000, () => socket.destroy(new Error("nothing for 20 s")));
    socket.on("data", (chunk) => {
      back += chunk;
      if (back.length >= words.length) {
        socket.end();
      }
    });
    socket.on("error", failed);
    socket.on("end", () => done({ back, millis: performance.now() - began }));
  });
}

const failsWith = (code) => (error) => error.code === code;

async function main() {
  const echo = await startEcho();
  const server = new Toxiproxy(`http://127.0.0.1:${process.argv[2]}`);
  assert.ok(await server.getVersion());

  const upstream = `127.0.0.1:${echo.address().port}`;
  const proxy = await server.createProxy({ name: "node", listen: "127.0.0.1:0", upstream });
  assert.strictEqual((await saidBack(proxy.listen)).back, "hello");
  assert.ok((await server.getAll()).node);

  const slow = await proxy.addToxic({
    name: "slow", type: "latency", stream: "downstream", toxicity: 1, attributes: { latency: 400, jitter: 0 },
  });
  const slowed = await saidBack(proxy.listen);
  assert.ok(slowed.back === "hello" && slowed.millis >= 400, `latency: ${slowed.millis} ms`);
  await slow.update({ toxicity: 1, attributes: { latency: 800, jitter: 0 } });
  assert.ok((await saidBack(proxy.listen)).millis >= 800, "a change of latency has no effect");
  await slow.remove();
  assert.ok((await saidBack(proxy.listen)).millis < 400, "latency goes on after its removal");

  const cut = await proxy.addToxic({
    name: "cut", type: "limit_data", stream: "downstream", toxicity: 1, attributes: { bytes: 3 },
  });
  assert.strictEqual((await saidBack(proxy.listen)).back, "hel");
  await cut.remove();
  await proxy.addToxic({
    name: "rst", type: "reset_peer", stream: "upstream", toxicity: 1, attributes: { timeout: 0 },
  });
  await assert.rejects(saidBack(proxy.listen), failsWith("ECONNRESET"));

  await proxy.update({ enabled: false, listen: proxy.listen, upstream });
  await assert.rejects(saidBack(proxy.listen), failsWith("ECONNREFUSED"));
  await server.reset();
  assert.strictEqual((await saidBack(proxy.listen)).back, "hello");
  await proxy.remove();
  await assert.rejects(saidBack(proxy.listen), failsWith("ECONNREFUSED"));
}

main().then(
  () => process.exit(0),
  (failure) => {
    console.error(failure);
    process.exit(1);
  },
);
