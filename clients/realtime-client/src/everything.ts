// What the one file for pages without a bundler holds.
export * from "./index.js";
export * from "./climate.js";
export * from "./simulation.js";
export * from "./workspace.js";
