import { replaceModule } from "vitest-config/replace-module";

// A command that runs in the tests' process has the CDK CLI run there, too: to load it takes most of its time. Commands
// that are processes of their own start it as one.
replaceModule("./cdk-process.ts", new URL("cdk-process-here.ts", import.meta.url));
