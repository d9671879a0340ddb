/** What mends an assembly that is damaged or incomplete, as the last sentence of an error. */
export const synthesizeAgain = "Synthesize the app again (`cdk synth`).";
