export { apiReference, apiReport, type ApiEntry, type ApiSection } from "./api-report.ts";
export { type PackageJson, readPackageJson } from "./package-json.ts";
export { examplesOf, readmeExamples } from "./readme-example.ts";
export { type PackedPackage, packInto, packPackage } from "./packed-package.ts";
