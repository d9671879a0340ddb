import type { Answers } from "../answers.ts";

/** The pattern that edge-site takes where none is set. */
const defaultHashedAssetsPattern = "/assets/*";

/** Returns the text of edge.config.ts. */
export function edgeConfigText(answers: Answers): string {
  const { stackName, siteFolder, hashedAssetsPattern, domain, engine, routes } = answers;
  const stages =
    domain === undefined
      ? []
      : [
          "stages: {",
          "  prod: {",
          "    domain: {",
          `      names: [${JSON.stringify(domain.name)}],`,
          `      certificateArn: ${JSON.stringify(domain.certificateArn)},`,
          "    },",
          "  },",
          "},",
        ];
  const hasPattern =
    hashedAssetsPattern !== undefined && hashedAssetsPattern !== defaultHashedAssetsPattern;
  const lines = [
    `stackName: ${JSON.stringify(stackName)},`,
    `siteFolder: ${JSON.stringify(siteFolder)},`,
    ...(hasPattern ? [`hashedAssetsPattern: ${JSON.stringify(hashedAssetsPattern)},`] : []),
    ...(engine === undefined ? [] : [`engine: ${JSON.stringify(engine)},`]),
    "functions: [",
    `  { package: "spa-rewrite", config: ${rewriteOptions(routes)} },`,
    '  { package: "security-headers", config: { preset: "spa" } },',
    "],",
    ...stages,
  ];
  return [
    'import { defineEdgeConfig } from "edge-site";',
    "",
    "export const edgeConfig = defineEdgeConfig({",
    ...lines.map((line) => `  ${line}`),
    "});",
    "",
  ].join("\n");
}

function rewriteOptions(routes: Answers["routes"]): string {
  if (routes === "all") return '{ mode: "fallback" }';
  if (routes === "pages") return "{ siteFiles: true }";
  return `{ routes: [${routes.map((route) => JSON.stringify(route)).join(", ")}] }`;
}
