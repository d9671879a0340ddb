export { EdgeFunction, type EdgeFunctionProps } from "./edge-function.ts";
export { EdgeSite, type EdgeSiteProps } from "./edge-site.ts";
export { synthesize, type SynthesizeOptions } from "../synth/synthesize.ts";
