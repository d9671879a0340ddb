import { fileURLToPath } from "node:url";

/** The cloud assembly that the infra app's `synth` writes. */
export const cloudAssemblyPath: string = fileURLToPath(
  new URL("../../../apps/infra/cdk.out", import.meta.url),
);
