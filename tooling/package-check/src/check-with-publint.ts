import { publint } from "publint";
import { formatMessage } from "publint/utils";
import type { PackedPackage } from "./packed-package.ts";

/** Returns what publint, in its strict mode, finds in the tarball. */
export async function checkWithPublint(packed: PackedPackage): Promise<readonly string[]> {
  const { messages, pkg } = await publint({
    pkgDir: "package",
    pack: { tarball: packed.tarball.buffer },
    strict: true,
  });
  return messages.map(
    (message) => `${packed.source.name}: ${formatMessage(message, pkg, { color: false })}`,
  );
}
