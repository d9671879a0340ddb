import type { CompilerOf, PermissionsOf, SynthCheck } from "cf-types";
import { checkEdgeSignIn } from "./check/check-edge-sign-in.ts";
import type { CompiledEdgeSignIn, Secret } from "./edge/compiled-edge-sign-in.ts";

/** Returns what compiles options that are not compiled. */
export const compilerOf: CompilerOf = (config) =>
  "sessionSeconds" in config ? undefined : "compileEdgeSignIn";

/** Returns what the function asks of AWS: its secrets. */
export const permissionsOf: PermissionsOf<CompiledEdgeSignIn> = ({ clientSecret, sessionKeys }) =>
  [sessionKeys, ...(clientSecret ? [clientSecret] : [])].flatMap(permissionOf);

/** Returns what on the site stays open in spite of the options, and what would be shown to others. */
export const checkSynthesizedSite: SynthCheck<CompiledEdgeSignIn> = checkEdgeSignIn;

function permissionOf(secret: Secret): ReturnType<PermissionsOf<CompiledEdgeSignIn>> {
  if ("text" in secret) return [];
  if ("parameter" in secret) {
    const name = secret.parameter.replace(/^\/?/, "/");
    return [{ action: "ssm:GetParameter", resource: `ssm:us-east-1:parameter${name}` }];
  }
  const { secretId } = secret;
  const [, name = `${secretId}-??????`] = /^arn:.*:secret:(.*)$/.exec(secretId) ?? [];
  return [
    {
      action: "secretsmanager:GetSecretValue",
      resource: `secretsmanager:us-east-1:secret:${name}`,
    },
  ];
}
