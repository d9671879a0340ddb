export type {
  Acknowledgement,
  AssemblySource,
  AssemblyStack,
  AssemblyWarning,
  CloudAssembly,
  ConstructOrigin,
  FileAsset,
} from "./assembly/cloud-assembly.ts";
export { findAsset, rebuildRemedy } from "./assembly/cloud-assembly.ts";
export { filesIn, packageBytes } from "./assembly/package-bytes.ts";
export { readCloudAssembly, readTemplateStack } from "./assembly/read-cloud-assembly.ts";
export { sourceLine } from "./assembly/read-construct-metadata.ts";
export { readJsonFile } from "./assembly/read-file.ts";
export { samTransform } from "./sam/expand-sam.ts";
export { CloudAssemblyError, tryResolve } from "./cloud-assembly-error.ts";
export type { EvaluationOptions } from "./evaluated-assembly.ts";
export { EvaluatedAssembly } from "./evaluated-assembly.ts";
export type { EvaluatedStack } from "./template/evaluated-stack.ts";
export { templateLines } from "./template/parse-template.ts";
export { partitionOf, urlSuffixOf } from "./template/pseudo-parameters.ts";
export type { TemplateProperty } from "./template/template-property.ts";
export type { TemplateResource } from "./template/template-resource.ts";
export type { JsonObject } from "./value/json.ts";
export { isJsonObject, listAt, objectAt, valueAt } from "./value/json.ts";
export type { TemplateValue } from "./value/template-value.ts";
export type { UnknownKind, UnknownValue } from "./value/unknown.ts";
export { isKnown } from "./value/unknown.ts";
export type { Unknown } from "./value/unknowns.ts";
