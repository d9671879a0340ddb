import packageJson from "../package.json" with { type: "json" };
import type { ProjectKind } from "./create-site.ts";
import type { Versions } from "./plan/plan-changes.ts";

/** What a project gets. As published, package.json names the versions that this one was tested with. */
const site = ["aws-cdk-lib", "constructs", "edge-site", "security-headers", "spa-rewrite"] as const;
const cdkApp = ["edge-site", "local-cloudfront", "security-headers", "spa-rewrite"] as const;

/** Returns the version ranges of the packages that a project of that kind gets. */
export function versionsOf(kind: ProjectKind): Versions {
  const names = kind === "site" ? site : cdkApp;
  return Object.fromEntries(names.map((name) => [name, packageJson.devDependencies[name]]));
}
