import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { LocalCloudFront } from "local-cloudfront";
import type { ResolvedEdgeConfig } from "../src/config/edge-config.ts";
import { EdgeSiteError } from "../src/edge-site-error.ts";
import { type Synthesized, synthesized } from "./synthesized.ts";

/** What differs from the app's own configuration. */
export type SiteChanges = Partial<Omit<ResolvedEdgeConfig, "stages">>;

/**
 * A built site in a folder of its own, which goes when it is disposed of. It is synthesized once for each object of
 * changes.
 */
export class SiteInFolder implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), "site-in-folder-"));
  readonly #sites = new Map<SiteChanges, Synthesized>();

  /** @param files Relative to the folder; each holds its own name. */
  constructor(files: readonly string[]) {
    for (const file of ["index.html", ...files]) {
      const path = join(this.folder, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, file);
    }
  }

  /** Returns what synth says of the site, errors and warnings, a line each; without places in the configuration. */
  messages(changes: SiteChanges): readonly string[] {
    try {
      return this.#synthesized(changes).messages.map(withoutPlace);
    } catch (error) {
      if (!(error instanceof EdgeSiteError)) throw error;
      return error.message.split("\n").map(withoutPlace);
    }
  }

  /** Returns what the site answers: `200 FILE`, or a status with the Location. */
  async answers(
    changes: SiteChanges,
    requests: readonly SiteRequest[],
  ): Promise<readonly string[]> {
    const { assemblyFolder } = this.#synthesized(changes);
    const cloudfront = await LocalCloudFront.start({ assembly: assemblyFolder, port: 0 });
    try {
      return await Promise.all(
        requests.map(async (request) => {
          const { uri, headers } = typeof request === "string" ? { uri: request } : request;
          const response = await cloudfront.fetch(uri, {
            redirect: "manual",
            headers: { accept: "text/html", ...headers },
          });
          const text = await response.text();
          const what = response.status === 200 ? text : response.headers.get("location");
          return [response.status, what].filter((part) => part !== null).join(" ");
        }),
      );
    } finally {
      await cloudfront.close();
    }
  }

  [Symbol.dispose](): void {
    for (const site of this.#sites.values()) site[Symbol.dispose]();
    rmSync(this.folder, { recursive: true });
  }

  #synthesized(changes: SiteChanges): Synthesized {
    const site = this.#sites.get(changes) ?? synthesized({ siteFolder: this.folder, ...changes });
    this.#sites.set(changes, site);
    return site;
  }
}

/** A path, or with the headers of a viewer. */
export type SiteRequest =
  | string
  | { readonly uri: string; readonly headers?: Readonly<Record<string, string>> };

function withoutPlace(message: string): string {
  return message.replace(/^edge\.config\.ts(?::\d+)? functions\[\d+\] "[^"]*": /, "");
}
