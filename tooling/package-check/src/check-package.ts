import { checkApiFile } from "./api-file.ts";
import { checkSourceMaps } from "./check-source-maps.ts";
import { checkTarballFiles } from "./check-tarball-files.ts";
import { checkTypes } from "./check-types.ts";
import { checkWithPublint } from "./check-with-publint.ts";
import { checkWorkspaceLeaks } from "./check-workspace-leaks.ts";
import { checkArtefactExports } from "./edge-artefacts.ts";
import { packPackage } from "./packed-package.ts";
import { checkReadmeSize } from "./readme-size.ts";

/**
 * Returns everything that keeps a built package from being published, a sentence or two each.
 *
 * @param folder Absolute path of the package.
 * @param workspaceFolder Absolute path of the repository.
 */
export async function checkPackage(
  folder: string,
  workspaceFolder: string,
): Promise<readonly string[]> {
  const packed = packPackage(folder);
  return [
    ...checkTarballFiles(packed),
    ...checkArtefactExports(folder, packed.source),
    ...checkWorkspaceLeaks(packed, workspaceFolder),
    ...checkSourceMaps(packed),
    ...(await checkWithPublint(packed)),
    ...(await checkTypes(packed)),
    ...checkApiFile(folder),
    ...checkReadmeSize(folder),
  ];
}
