export { synthesize, type SynthesizeOptions } from "../synth/synthesize.ts";
