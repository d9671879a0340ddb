import { execFileSync } from "node:child_process";
import { hostname, userInfo } from "node:os";

/** Who publishes what. */
export interface Publisher {
  /** As in `mia@laptop`, or `someone/notes run 17` in GitHub Actions. */
  readonly owner: string;
  /** Of the sources, where they are in a repository. */
  readonly commit?: string;
}

/** Returns who this process publishes for. */
export function thisPublisher(env: NodeJS.ProcessEnv = process.env): Publisher {
  const { GITHUB_REPOSITORY, GITHUB_RUN_ID, GITHUB_SHA } = env;
  const commit = GITHUB_SHA?.slice(0, 12) ?? headCommit();
  return {
    owner:
      GITHUB_RUN_ID === undefined
        ? `${userName()}@${hostname()}`
        : `${GITHUB_REPOSITORY} run ${GITHUB_RUN_ID}`,
    ...(commit !== undefined && { commit }),
  };
}

/** Read once: a deploy asks for it more than once. */
let head: { readonly commit: string | undefined } | undefined;

function headCommit(): string | undefined {
  head ??= { commit: readHeadCommit() };
  return head.commit;
}

function readHeadCommit(): string | undefined {
  try {
    return execFileSync("git", ["rev-parse", "--short=12", "HEAD"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return undefined;
  }
}

/** A container's user may have no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "somebody";
  }
}
