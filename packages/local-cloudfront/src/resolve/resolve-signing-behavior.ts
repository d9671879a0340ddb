import type { TemplateProperty } from "cloud-assembly";
import type { SigningBehavior } from "../distribution/origins.ts";
import type { Resolution } from "./resolution.ts";

/** An origin access control outside the assembly is taken to sign always, as AWS recommends. */
export function resolveSigningBehavior(
  property: TemplateProperty,
  resolution: Resolution,
): SigningBehavior {
  const type = "AWS::CloudFront::OriginAccessControl";
  const found = resolution.resources.find(resolution.stack, type, property.string());
  if (found === undefined) return "always";
  return found.properties
    .property("OriginAccessControlConfig")
    .property("SigningBehavior")
    .oneOf(["always", "never", "no-override"]);
}
