// Listens for whatever a page might send: HTTP and WebSocket requests by path, bare TCP connections, UDP packets.

import dgram from "node:dgram";
import http from "node:http";

/// Runs `work` with a listening sink.
export async function withSink(work) {
  const heard = { paths: new Set(), packets: 0, connections: 0 };
  const waiting = [];
  const hear = (request) => {
    heard.paths.add(new URL(request.url, "http://sink").pathname.slice(1));
    for (const check of [...waiting]) check();
  };
  const server = http.createServer((request, response) => {
    hear(request);
    response.writeHead(200, { "Access-Control-Allow-Origin": "*", "Content-Type": "text/plain" });
    response.end();
  });
  server.on("upgrade", (request, socket) => {
    hear(request);
    socket.destroy();
  });
  server.on("connection", () => {
    heard.connections += 1;
    for (const check of [...waiting]) check();
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const udp = dgram.createSocket("udp4");
  udp.on("message", () => {
    heard.packets += 1;
    for (const check of [...waiting]) check();
  });
  await new Promise((ready) => udp.bind(0, "127.0.0.1", ready));

  /// Resolves as soon as `condition` holds of what was heard, with whether it did within `limit` milliseconds.
  const until = (condition, limit) =>
    new Promise((resolve) => {
      const end = (held) => {
        clearTimeout(timer);
        waiting.splice(waiting.indexOf(check), 1);
        resolve(held);
      };
      const check = () => condition(heard) && end(true);
      const timer = setTimeout(() => end(false), limit);
      waiting.push(check);
      check();
    });
  /// A browser that still has a connection opens no other: what is to be counted begins without any.
  const fresh = () => {
    server.closeAllConnections();
    Object.assign(heard, { packets: 0, connections: 0 });
  };
  try {
    return await work({ port: server.address().port, udpPort: udp.address().port, heard, until, fresh });
  } finally {
    server.closeAllConnections();
    server.close();
    udp.close();
  }
}
