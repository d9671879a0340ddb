import { join } from "node:path";
import type { LoadedDistribution } from "../../src/resolve/load-distribution.ts";
import type { Origin, OriginContent } from "../../src/distribution/origins.ts";
import { fixtures, loadTemplate, type Json } from "./template.ts";

/** A folder that an origin can have as its content. */
export const site = { kind: "folder", path: join(fixtures, "beside-template/site") } as const;

/** What makes the origin of `siteTemplate` a custom one. */
export const custom: Json = { S3OriginConfig: undefined, DomainName: "www.example.com" };

/** Resolves the distribution of a template whose origin has other members. */
export function loadWithOrigin(
  origin: Json,
  resources: Json = {},
  overrides: Iterable<[string, OriginContent]> = [],
): LoadedDistribution {
  return loadTemplate({ origin, resources }, { originOverrides: new Map(overrides) });
}

/** Returns the origin of that distribution. */
export function originOf(origin: Json, resources: Json = {}): Origin | undefined {
  return loadWithOrigin(origin, resources).distribution.origins.get("site");
}
