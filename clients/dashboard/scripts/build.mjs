// Builds the TypeScript client and the dashboard on it, installing what they need first. Does nothing that is done already.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const dashboard = join(dirname(fileURLToPath(import.meta.url)), "..");
const client = join(dashboard, "..", "realtime-client");

function newest(path) {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (entry === undefined) {
    return 0;
  }
  return entry.isDirectory() ? Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name)))) : entry.mtimeMs;
}

function run(folder, ...args) {
  execFileSync("npm", args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"], shell: process.platform === "win32" });
}

function install(folder) {
  if (newest(join(folder, "package-lock.json")) > newest(join(folder, "node_modules", ".package-lock.json"))) {
    run(folder, "ci", "--no-audit", "--no-fund", "--silent");
  }
}

function build(folder, output, ...sources) {
  if (!existsSync(output) || Math.max(...sources.map((source) => newest(join(folder, source)))) > statSync(output).mtimeMs) {
    run(folder, "run", "build", "--silent");
  }
}

install(client);
build(client, join(client, "dist", "index.js"), "src", "package.json", "tsconfig.build.json");
install(dashboard);
build(dashboard, join(dashboard, "dist", "index.html"), "src", "index.html", "package.json", "vite.config.ts", "../realtime-client/dist", "../../data/maps");
