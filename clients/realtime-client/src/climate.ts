export { ClimateClient } from "./hubs/climate-client.js";
export { TileViewport, type TilesRequest } from "./hubs/tile-viewport.js";
