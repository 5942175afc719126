import { build } from "esbuild";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

const dist = join(import.meta.dirname, "..", "dist");
const hubs = ["events", "jobs", "system", "climate", "simulation", "workspace"] as const;

// What a bundler makes of a program that uses the package as it is published.
async function bundled(program: string): Promise<{ readonly modules: readonly string[]; readonly text: string; readonly gzipped: number }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: dist, sourcefile: "program.js" },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    write: false,
    metafile: true,
    external: ["@microsoft/signalr", "@microsoft/signalr-protocol-msgpack", "react"],
  });
  const [output] = Object.values(metafile.outputs);
  const modules = Object.entries(output!.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return { modules: modules.map(([path]) => path.replace(/^.*dist\//, "")), text: outputFiles[0]!.text, gzipped: gzipSync(outputFiles[0]!.contents, { level: 9 }).byteLength };
}

const hubsIn = (text: string): string[] => hubs.filter((hub) => text.includes(`"/hubs/${hub}`) || text.includes(`\`/hubs/${hub}`));

test.each(["climate", "simulation", "workspace"] as const)("The entry point of %s brings no other hub", async (name) => {
  const className = `${name[0]!.toUpperCase()}${name.slice(1)}Client`;
  const { modules, text } = await bundled(`import { ${className} } from "./${name}.js"; globalThis.used = ${className};`);
  expect(hubsIn(text)).toEqual([name]);
  expect(modules.filter((path) => path.endsWith("-client.js")).map((path) => path.replace(/^.*\//, "")).sort()).toEqual(["hub-client.js", `${name}-client.js`].sort());
});

test("The main entry point brings the hubs that everybody uses, and none of the others", async () => {
  const { text, gzipped } = await bundled('import { connect } from "./index.js"; globalThis.used = connect;');
  expect(hubsIn(text)).toEqual(["events", "jobs", "system"]);
  expect(gzipped).toBeLessThan(12_000);
});

test("A client with one hub more is hardly larger than the one without", async () => {
  const without = await bundled('import { connect } from "./index.js"; globalThis.used = connect;');
  const more = await bundled('import { connect } from "./index.js"; import { SimulationClient } from "./simulation.js"; globalThis.used = [connect, SimulationClient];');
  expect(hubsIn(more.text)).toEqual(["events", "jobs", "system", "simulation"]);
  expect(more.gzipped - without.gzipped).toBeLessThan(1_000);
});

test("Reading blocks alone brings no connection", async () => {
  const { modules, gzipped } = await bundled('import { toFloat32Array } from "./index.js"; globalThis.used = toFloat32Array;');
  expect(modules).toEqual(["float-blocks.js", "program.js"]);
  expect(gzipped).toBeLessThan(1_000);
});
