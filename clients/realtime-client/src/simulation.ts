export { SimulationClient, type RunPayload } from "./hubs/simulation-client.js";
