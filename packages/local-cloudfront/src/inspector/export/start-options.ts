import type { LocalCloudFrontOptions } from "../../local-cloudfront-options.ts";

/** Options that say what is served and how it behaves; the others say where, and what is watched of it. */
const names = [
  "stack",
  "distribution",
  "origins",
  "viewer",
  "parameters",
  "imports",
  "values",
  "functions",
  "keyValueStores",
  "keyValueStoreDelaySeconds",
  "viewerProtocol",
  "quotas",
  "functionLimits",
  "isolation",
  "region",
  "credentials",
  "fidelity",
] as const satisfies readonly (keyof LocalCloudFrontOptions)[];

const defaults: Partial<LocalCloudFrontOptions> = {
  viewerProtocol: "https",
  isolation: "thread",
  region: "us-east-1",
  credentials: false,
};

/** Returns the options with which a test starts what is served now, without those that are defaults. */
export function startOptionsOf(options: LocalCloudFrontOptions): Partial<LocalCloudFrontOptions> {
  const own = names.filter(
    (name) => options[name] !== undefined && options[name] !== defaults[name],
  );
  return Object.fromEntries(own.map((name) => [name, options[name]]));
}
