import type { Rule, Workspace } from "../workspace.ts";

/** What pnpm can do without a script of ours, as far as the documents use it. */
const builtIn = ["install", "add", "exec", "pack", "changeset", "turbo", "local-cloudfront"];
const pnpmCommand =
  /\bpnpm(?:@[\d.]+)? (?:--filter (?<filter>\S+) )?(?:run )?(?<command>[a-z][\w-]*)/g;

/** Every pnpm command in a document's shell examples is one that a reader can run. */
export const documentCommands: Rule = (workspace) => {
  const rootScripts = scriptsOf(workspace.read("package.json"));
  return workspace.documents.flatMap((document) =>
    shellExamples(workspace.read(document)).flatMap((example) =>
      [...example.matchAll(pnpmCommand)].flatMap(({ 0: got, groups }) => {
        const filter = groups?.["filter"];
        const scripts = filter === undefined ? rootScripts : scriptsOfPackage(filter, workspace);
        const command = groups?.["command"] ?? "";
        if ([...builtIn, ...scripts].includes(command)) return [];
        return [
          `${document} names a command that does not exist: got ${JSON.stringify(got)}. Allowed: ${[...scripts, ...builtIn].join(", ")}.`,
        ];
      }),
    ),
  );
};

function shellExamples(text: string): readonly string[] {
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, example = ""]) => example);
}

function scriptsOfPackage(name: string, { packages }: Workspace): readonly string[] {
  const found = packages.find(({ packageJson }) => packageJson.name === name);
  return Object.keys(found?.packageJson.scripts ?? {});
}

function scriptsOf(packageJson: string): readonly string[] {
  return Object.keys(JSON.parse(packageJson).scripts ?? {});
}
