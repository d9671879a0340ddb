import { closeSync, openSync, readSync } from "node:fs";
import picomatch from "picomatch";

/** What is seldom meant for viewers, by the name of a file or folder. */
const sensitiveNames: readonly (readonly [reason: string, glob: string])[] = [
  // .env, .git, .npmrc, .aws, .ssh, .DS_Store and whatever is invented next; RFC 8615 has the exception.
  ["hidden file", ".!(well-known)"],
  ["installed packages", "node_modules"],
  ["private key", "{*.{pem,key,p8,p12,pfx,jks,keystore,ppk,kdbx},id_{rsa,dsa,ecdsa,ed25519}}"],
  [
    "database, dump or backup",
    "*.{sql,sqlite,sqlite3,db,mdb,rdb,dump,bak,tfstate}{,.gz,.bz2,.xz,.zst,.zip,.backup}",
  ],
];

const matchers = sensitiveNames.map(([reason, glob]) => ({
  reason,
  isMatch: picomatch(glob, { dot: true, nocase: true }),
}));

/** Returns what a file or folder is likely to be that is seldom meant for viewers, by its name. */
export function sensitiveKindOf(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return matchers.find(({ isMatch }) => isMatch(name))?.reason;
}

/** Bytes of a file that could be a key, and those within which it begins. */
const maxKeyFileBytes = 65_536;
const headBytes = 4096;

/** A PEM block (RFC 7468) or PuTTY's file at the beginning, or a service account's JSON. */
const privateKey =
  /^\uFEFF?\s*(?:-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-)|"private_key"\s*:\s*"-----BEGIN /;

/** Whether a file is a private key by what is in it, whatever its name. */
export function holdsPrivateKey(file: string, bytes: number): boolean {
  if (bytes > maxKeyFileBytes) return false;
  const head = Buffer.allocUnsafe(Math.min(bytes, headBytes));
  const descriptor = openSync(file, "r");
  try {
    const read = readSync(descriptor, head, 0, head.length, 0);
    return privateKey.test(head.toString("utf8", 0, read));
  } finally {
    closeSync(descriptor);
  }
}
