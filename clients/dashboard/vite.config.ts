import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// Where `npm run dev` finds the server; the built dashboard is served by it.
const server = process.env["RTHUB_URL"] ?? "http://localhost:5080";

export default defineConfig({
  plugins: [react()],
  // One React and one SignalR, although the client stands beside us with its own.
  resolve: { dedupe: ["react", "react-dom", "@microsoft/signalr", "@microsoft/signalr-protocol-msgpack"] },
  build: { outDir: "dist", target: "es2022", sourcemap: false, chunkSizeWarningLimit: 900 },
  server: {
    fs: { allow: ["..", "../../data/maps"] },
    proxy: {
      "/hubs": { target: server, ws: true },
      "/api": server,
      "/auth": server,
      "/dashboard.json": server,
    },
  },
});
