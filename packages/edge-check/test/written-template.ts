import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { controlTemplate } from "./control-template.ts";
import { Parts } from "./mistake.ts";

/** A template with the files beside it, which go when it is disposed of. */
export interface WrittenTemplate extends Disposable {
  readonly folder: string;
  readonly file: string;
}

/** Writes the control template, with a change, into a folder of its own. */
export function writtenTemplate(change: (parts: Parts) => void = () => {}): WrittenTemplate {
  const parts = new Parts(controlTemplate());
  change(parts);
  const folder = mkdtempSync(join(tmpdir(), "edge-check-"));
  for (const [name, content] of Object.entries(parts.files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  const file = join(folder, "site.json");
  writeFileSync(file, JSON.stringify(parts.template, undefined, 2));
  return { folder, file, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}
