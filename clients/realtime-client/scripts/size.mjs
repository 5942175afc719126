// Fails when our own code behind the main entry, minified and gzipped, is larger than promised.
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const limit = 12_000;

async function sizeOf(entry) {
  const { outputFiles } = await build({
    entryPoints: [entry], bundle: true, minify: true, format: "esm", platform: "browser", target: "es2022", write: false,
    external: ["@microsoft/signalr", "@microsoft/signalr-protocol-msgpack", "react"],
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).byteLength;
}

const sizes = {};
for (const entry of ["dist/index.js", "dist/climate.js", "dist/simulation.js", "dist/workspace.js", "dist/react.js", "dist/messagepack.js"]) {
  sizes[entry] = await sizeOf(entry);
  console.log(`${entry}: ${sizes[entry]} bytes gzipped`);
}
if (sizes["dist/index.js"] >= limit) {
  console.error(`dist/index.js must be below ${limit} bytes`);
  process.exitCode = 1;
}
