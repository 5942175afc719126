export { WorkspaceClient, type WorkspaceRequest } from "./hubs/workspace-client.js";
