import { posix } from "node:path";
import type { Rule, Workspace } from "../workspace.ts";

const link = /\[[^\]]*\]\((?<target>[^()\s]+)\)/g;

/** Every link of a document leads to a file of the repository, and to a heading that is there. */
export const documentLinks: Rule = (workspace) =>
  workspace.documents.flatMap((document) => {
    const text = withoutCode(workspace.read(document));
    return [...text.matchAll(link)].flatMap(({ groups }) => {
      const target = groups?.["target"] ?? "";
      return leadsSomewhere(target, document, workspace)
        ? []
        : [
            `${document} has a link that leads nowhere: got ${JSON.stringify(target)}. Name a file relative to the document, and a heading as GitHub spells it.`,
          ];
    });
  });

function leadsSomewhere(target: string, document: string, workspace: Workspace): boolean {
  if (/^(?:https?|mailto):/.test(target)) return true;
  const [path = "", heading] = target.split("#");
  const file = path === "" ? document : posix.join(posix.dirname(document), path);
  if (!workspace.has(file)) return false;
  return heading === undefined || anchors(workspace.read(file)).includes(heading);
}

function anchors(text: string): readonly string[] {
  return [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, "");
}
