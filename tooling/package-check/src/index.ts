export { apiReport } from "./api-report.ts";
export { readmeExamples } from "./readme-example.ts";
export { type PackedPackage, packInto, packPackage } from "./packed-package.ts";
