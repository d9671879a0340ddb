import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import chromium from "@sparticuz/chromium";

const cache = resolve(import.meta.dirname, "../node_modules/.cache");

/**
 * Returns the path of the browser, unpacked once for every version of it. The package unpacks into the
 * temporary folder and takes whatever lies there for whole, which it is not while another test file still
 * unpacks: so it unpacks into a folder of its own here, which then gets its name at one stroke.
 */
export async function unpackedBrowser(): Promise<string> {
  const packageJson = new URL("../package.json", import.meta.resolve("@sparticuz/chromium"));
  const { version } = JSON.parse(readFileSync(packageJson, "utf8"));
  const folder = join(cache, `chromium-${version}`);
  if (!existsSync(folder)) await unpackInto(folder);
  return join(folder, "chromium");
}

async function unpackInto(folder: string): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const staging = mkdtempSync(join(cache, "unpacking-"));
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = staging;
  try {
    await chromium.executablePath();
    renameSync(staging, folder);
  } catch (error) {
    // Another test file may have been quicker.
    if (!existsSync(folder)) throw error;
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
    rmSync(staging, { recursive: true, force: true });
  }
}
