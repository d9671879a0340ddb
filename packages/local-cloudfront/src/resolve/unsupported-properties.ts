import type { TemplateProperty } from "cloud-assembly";
import type { Resolution } from "./resolution.ts";

/** How a property that is not supported here is treated. */
type Treatment =
  /** It changes who may see what: the start is refused. */
  | { readonly kind: "refused"; readonly problem: string; readonly remedy: string }
  /** It changes nothing that is served: it is named once. */
  | { readonly kind: "warned"; readonly message: string };

type Treatments = ReadonlyMap<string, Treatment>;

const leaveOut =
  "Leave it out of the template that you run here, for example by a condition or a context value.";

function refused(problem: string, remedy: string = leaveOut): Treatment {
  return { kind: "refused", problem, remedy };
}

function warned(message: string): Treatment {
  return { kind: "warned", message };
}

/** Of `DistributionConfig`. */
export const distributionTreatments: Treatments = new Map([
  [
    "WebACLId",
    warned(
      "AWS WAF is not known here: requests that its web ACL would block, count or challenge are served.",
    ),
  ],
  ["ViewerMtlsConfig", refused("requires client certificates, which are not checked locally")],
  [
    "ConnectionFunctionAssociation",
    refused("names a connection function, which is not run locally"),
  ],
  [
    "Logging",
    warned("Access logs are not written to a bucket; --access-log FILE writes one here."),
  ],
  ["Staging", warned("A staging distribution is served like any other.")],
  ["ContinuousDeploymentPolicyId", warned("Continuous deployment is not run locally.")],
  ["CNAMEs", warned("It is no longer used: write Aliases.")],
  ["CustomOrigin", warned("It is no longer used: write Origins.")],
  ["S3Origin", warned("It is no longer used: write Origins.")],
]);

/** Of `CustomOriginConfig` and `VpcOriginConfig`. */
export const customOriginConfigTreatments: Treatments = new Map([
  ["OriginMtlsConfig", warned("No client certificate is sent to the origin.")],
]);

/** Of a cache behavior. */
export const behaviorTreatments: Treatments = new Map([
  ["FieldLevelEncryptionId", refused("requires field-level encryption, which is not done locally")],
  ["RealtimeLogConfigArn", warned("Real-time logs are not written.")],
]);

/**
 * Refuses the properties whose absence would change security, and warns of the harmless ones and
 * of unknown ones. An empty string or list counts as not written.
 *
 * @param known the names that are supported, or have no meaning on this machine.
 * @throws {CloudAssemblyError} naming the first property that is refused.
 */
export function checkUnsupportedProperties(
  config: TemplateProperty,
  treatments: Treatments,
  known: readonly string[],
  resolution: Resolution,
): void {
  for (const name of config.names()) {
    if (known.includes(name)) continue;
    const property = config.property(name);
    const value = property.value();
    if (value === "" || (Array.isArray(value) && value.length === 0)) continue;
    const treatment = treatments.get(name) ?? warned("It is not known here and has no effect.");
    if (treatment.kind === "refused") throw property.error(treatment.problem, treatment.remedy);
    resolution.warn(property.path, treatment.message);
  }
}
