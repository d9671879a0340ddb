import { defineEdgeConfig } from "../../src/config/edge-config.ts";

/** A site whose functions at viewer events are CloudFront Functions, with a stage of previews. */
export const edgeConfig = defineEdgeConfig({
  stackName: "notes",
  siteFolder: "../../../../apps/notes/dist",
  functions: [
    { package: "spa-rewrite", config: { routes: ["/notes/:id(\\d+)"] } },
    { package: "security-headers", config: {} },
  ],
  stages: {
    dev: {},
    previews: { previews: { users: false } },
  },
});
