export { ClimateClient } from "./hubs/climate-client.js";
