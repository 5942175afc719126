// The servers that people use from Node: one audience, commanded through standard input as the .NET servers are.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { Server as SocketIo } from "socket.io";
import { WebSocketServer } from "ws";

const hour = 3_600_000;
const http = createServer();
let connections = 0;
const joined = (socket, left) => {
  connections++;
  socket.on(left, () => connections--);
};

// Each kind returns how a frame's text reaches everybody.
const kinds = {
  ws() {
    const server = new WebSocketServer({ server: http, path: "/hub", perMessageDeflate: false });
    const members = new Set();
    server.on("connection", (socket) => {
      socket.on("error", () => socket.terminate());
      // The load clients greet as SignalR clients do.
      socket.once("message", () => {
        socket.send("{}\x1e");
        members.add(socket);
        joined(socket, "close");
        socket.on("close", () => members.delete(socket));
      });
    });
    return (text) => {
      const message = Buffer.from(`{"type":1,"target":"frame","arguments":["${text}"]}\x1e`);
      for (const socket of members) {
        socket.send(message, { binary: false });
      }
    };
  },
  socketio() {
    // The load clients say nothing after their greeting, pongs included.
    const io = new SocketIo(http, { path: "/hub", transports: ["websocket"], serveClient: false, perMessageDeflate: false, pingInterval: hour, pingTimeout: hour });
    io.on("connection", (socket) => {
      void socket.join("g");
      joined(socket, "disconnect");
    });
    return (text) => io.to("g").emit("frame", text);
  },
};

const publish = kinds[process.argv[2]]();
let received = 0;
let wake;

const payload = (size, sentAt, number) => `~${sentAt.toString(16).padStart(16, "0")}${number.toString(16).padStart(8, "0")}`.padEnd(size, "x");

async function burst(frames, size, window) {
  received = 0;
  const start = process.hrtime.bigint();
  for (let number = 1; number <= frames; number++) {
    while (window > 0 && number > received + window) {
      await new Promise((resolve) => (wake = resolve));
    }
    publish(payload(size, process.hrtime.bigint(), number));
    await nextTurn();
  }
  return run(frames, start);
}

async function pace(framesPerSecond, seconds, size) {
  const start = process.hrtime.bigint();
  const frames = Math.ceil(framesPerSecond * seconds);
  for (let number = 0; number < frames; number++) {
    const due = start + BigInt(Math.round((number * 1e9) / framesPerSecond));
    let now = process.hrtime.bigint();
    const sentAt = now >= due ? due : undefined;
    while (now < due) {
      await sleep(1);
      now = process.hrtime.bigint();
    }
    publish(payload(size, sentAt ?? now, number + 1));
  }
  return run(frames, start);
}

const run = (frames, start) => ({ Frames: frames, StartedAt: Number(start), EndedAt: Number(process.hrtime.bigint()) });

function report(collect) {
  if (collect) {
    globalThis.gc();
  }
  const { user, system } = process.cpuUsage();
  const memory = process.memoryUsage();
  return { CpuSeconds: (user + system) / 1e6, HeapBytes: memory.heapUsed + memory.external, WorkingSetBytes: memory.rss, AllocatedBytes: 0, Connections: connections };
}

const commands = {
  burst,
  pace,
  report: () => report(false),
  collect: () => report(true),
  async connections(count) {
    while (connections < count) {
      await sleep(10);
    }
    return connections;
  },
  received(count) {
    received = Math.max(received, count);
    wake?.();
    return received;
  },
};

http.listen(0, "127.0.0.1", () => process.stdout.write(`listening ${http.address().port}\n`));
const lines = createInterface({ input: process.stdin });
lines.on("line", async (line) => {
  const [id, verb, ...words] = line.split(" ");
  const answer = await commands[verb](...words.map(Number));
  if (id !== "-") {
    process.stdout.write(`${id} ${JSON.stringify(answer)}\n`);
  }
});
lines.on("close", () => process.exit(0));
