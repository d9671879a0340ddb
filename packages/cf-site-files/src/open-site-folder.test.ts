import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { openSiteFolder } from "./open-site-folder.ts";
import { everyFile, type SiteFileRules } from "./site-file-rules.ts";

interface Sensitive {
  readonly path: string;
  readonly reason: string;
  readonly content?: string;
}

let home: string;
let site: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "site-files-"));
  site = join(home, "site");
  write("index.html");
  write("../secret/credentials", "secret");
});

afterEach(() => rmSync(home, { recursive: true }));

function write(path: string, content = path): void {
  const file = join(site, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

function link(path: string, target: string): void {
  mkdirSync(dirname(join(site, path)), { recursive: true });
  symlinkSync(target, join(site, path));
}

const keys = (rules?: SiteFileRules) =>
  openSiteFolder(site, rules)
    .list()
    .files.map(({ key }) => key);
const leftOut = (rules?: SiteFileRules) =>
  openSiteFolder(site, rules)
    .list()
    .leftOut.map(({ path, reason }) => `${path}: ${reason}`);
const find = (key: string, rules?: SiteFileRules) => openSiteFolder(site, rules).find(key);

describe("links within a site", () => {
  it("to files are files", () => {
    write("v2/app.js");
    link("app.js", "v2/app.js");
    expect(openSiteFolder(site).list().files).toContainEqual({
      key: "app.js",
      file: join(site, "v2/app.js"),
      bytes: 9,
    });
  });

  it("to folders are folders", () => {
    write("v2/docs/a.html");
    link("latest", "v2");
    link("other/docs", "../latest/docs");
    expect(keys()).toEqual([
      "index.html",
      "latest/docs/a.html",
      "other/docs/a.html",
      "v2/docs/a.html",
    ]);
  });

  it("are followed once: one to the folder itself gives one copy, and N give N", () => {
    for (const name of ["a", "b", "c", "d", "e"]) link(name, ".");
    expect(keys()).toEqual(
      ["a/index.html", "b/index.html", "c/index.html", "d/index.html", "e/index.html"].concat(
        "index.html",
      ),
    );
    expect(find("a/index.html")).toMatchObject({ kind: "file" });
    expect(find("a/b/index.html")).toEqual({ kind: "absent" });
  });

  it("that multiply are refused", () => {
    for (const folder of "abcdefghij") {
      for (const other of "abcdefghij") link(`${folder}/${other}`, `../${other}`);
    }
    expect(() => keys()).toThrow(/is one of more than 50000 paths that links to folders lead to/);
  });
});

describe("a link that cannot be published", () => {
  it.each([
    ["out", "../secret", "that leads out of the site's folder"],
    ["out", "../secret/credentials", "that leads out of the site's folder"],
    ["out", "/", "that leads out of the site's folder"],
    ["deep/out", "../../secret", "that leads out of the site's folder"],
    ["gone", "missing", "that leads nowhere"],
    ["self", "self", "that leads nowhere"],
  ])("%s -> %s is refused by name, and no key leads through it", (path, target, problem) => {
    link(path, target);
    const message = `"${path}" is a link ${problem}: got "${target}". Delete it, put what it is to lead to in its place, or name it in siteFiles.exclude.`;
    expect(() => keys()).toThrow(message);
    expect(find(path)).toEqual({ kind: "not-published", message });
    expect(find(`${path}/credentials`)).toEqual({ kind: "not-published", message });
    expect(keys({ exclude: [path] })).toEqual(["index.html"]);
  });

  it("is named beside the others", () => {
    link("a", "..");
    link("b", "missing");
    expect(() => keys()).toThrow(/^"a" is a link .+\n"b" is a link .+$/);
  });

  it("is refused whatever the rules", () => {
    link("out", "../secret");
    expect(() => keys(everyFile)).toThrow(/"out" is a link/);
  });

  it("is not looked at in a folder that is left out", () => {
    link("node_modules", "../secret");
    link(".git/out", "../../secret");
    expect(keys()).toEqual(["index.html"]);
    expect(keys({ include: ["*.pem"] })).toEqual(["index.html"]);
  });
});

describe("names that S3 cannot have", () => {
  it("that are no UTF-8 are refused", () => {
    const name = Buffer.concat([Buffer.from(`${site}/caf`), Buffer.from([0xe9])]);
    writeFileSync(name, "");
    expect(() => keys()).toThrow(
      '"caf\uFFFD" has a name that is no UTF-8, as keys in S3 are. Rename it.',
    );
    expect(find("caf\uFFFD")).toEqual({ kind: "absent" });
  });

  it("that are longer than 1,024 bytes are refused", () => {
    const path = `${"ü".repeat(100)}/`.repeat(6);
    write(`${path}a`);
    expect(() => keys()).toThrow(/ is longer than the 1024 bytes that S3 takes\./);
  });
});

describe("what is left out of a site", () => {
  const pem = (kind: string) => `-----BEGIN ${kind}-----\nMIIE\n-----END ${kind}-----\n`;
  const sensitive: readonly Sensitive[] = [
    { path: ".env", reason: "hidden file" },
    { path: ".env.production", reason: "hidden file" },
    { path: ".ENV", reason: "hidden file" },
    { path: "app/.npmrc", reason: "hidden file" },
    { path: ".DS_Store", reason: "hidden file" },
    { path: ".htpasswd", reason: "hidden file" },
    { path: "server.key", reason: "private key" },
    { path: "certs/SERVER.PEM", reason: "private key" },
    { path: "id_rsa", reason: "private key" },
    { path: "ssh/id_ed25519", reason: "private key" },
    { path: "key.txt", reason: "private key", content: pem("RSA PRIVATE KEY") },
    { path: "key", reason: "private key", content: `\n${pem("PRIVATE KEY")}` },
    { path: "gpg.asc", reason: "private key", content: pem("PGP PRIVATE KEY BLOCK") },
    {
      path: "account.json",
      reason: "private key",
      content: `{"private_key": "${"-----BEGIN PRIVATE KEY-----"}\\n"}`,
    },
    { path: "dump.sql", reason: "database, dump or backup" },
    { path: "dump.sql.gz", reason: "database, dump or backup" },
    { path: "data/app.sqlite3", reason: "database, dump or backup" },
    { path: "index.html.bak", reason: "database, dump or backup" },
    { path: "terraform.tfstate.backup", reason: "database, dump or backup" },
  ];

  it.each(sensitive)("is $path ($reason), unless it is named in include", (each) => {
    const { path, reason, content } = each;
    write(path, content);
    expect(keys()).toEqual(["index.html"]);
    expect(leftOut()).toEqual([`${path}: ${reason}`]);
    expect(find(path)).toEqual({
      kind: "not-published",
      message: `${JSON.stringify(path)} is left out of the site (${reason}). To publish it, name it in siteFiles.include.`,
    });
    expect(keys({ include: [path] })).toContain(path);
    expect(find(path, { include: [path] })).toMatchObject({ kind: "file" });
    expect(leftOut({ exclude: [path] })).toEqual([]);
  });

  it.each([
    [".git", "config", "hidden file"],
    [".aws", "credentials", "hidden file"],
    [".ssh", "known_hosts", "hidden file"],
    ["node_modules", "a/index.js", "installed packages"],
    ["packages/a/node_modules", "a/index.js", "installed packages"],
  ])("is all of %s, told once, unless a file of it is named in include", (folder, file, reason) => {
    write(`${folder}/${file}`);
    write(`${folder}/other/file.txt`);
    expect(keys()).toEqual(["index.html"]);
    expect(leftOut()).toEqual([`${folder}: ${reason}`]);
    const include = [`${folder}/${file}`];
    expect(keys({ include })).toEqual([`${folder}/${file}`, "index.html"].toSorted());
    expect(leftOut({ include })).toEqual([`${folder}: ${reason}`]);
    expect(find(`${folder}/other/file.txt`, { include })).toMatchObject({ kind: "not-published" });
  });

  it("is left out under another name too", () => {
    write(".env");
    write("node_modules/a/a.js");
    link("env.txt", ".env");
    link("vendor", "node_modules/a");
    expect(keys()).toEqual(["index.html"]);
    expect(leftOut()).toContain("env.txt: hidden file");
    expect(keys({ include: ["vendor"] })).toEqual(["index.html", "vendor/a.js"]);
  });

  it.each([
    ".well-known/security.txt",
    "assets/app.js.map",
    "environment",
    "keys/index.html",
    "monkey",
    "certificate.crt",
    "sql",
    "id_rsa.pub",
  ])("is not %s", (path) => {
    write(path, `${path}\n${pem("PRIVATE KEY")}`);
    expect(keys()).toContain(path);
    expect(leftOut()).toEqual([]);
  });

  it("is what exclude names, whatever include says", () => {
    write("assets/app.js");
    write("assets/app.js.map");
    write("drafts/.a");
    expect(keys({ include: ["**"], exclude: ["**/*.map", "drafts"] })).toEqual([
      "assets/app.js",
      "index.html",
    ]);
    expect(find("drafts/.a", { exclude: ["drafts"] })).toEqual({
      kind: "not-published",
      message: "siteFiles.exclude leaves it out of the site.",
    });
  });
});

describe("a key", () => {
  it.each(["", "/", ".", "..", "a//b", "./index.html", "index.html/", "../secret/credentials"])(
    "%j is absent",
    (key) => expect(find(key)).toEqual({ kind: "absent" }),
  );

  it("is spelled as on disk", () => {
    link("alias.html", "index.html");
    expect(find("ALIAS.html")).toEqual({ kind: "absent" });
    expect(find("INDEX.html")).toEqual({ kind: "absent" });
  });

  it("is no folder and no pipe", () => {
    write("folder/file");
    execFileSync("mkfifo", [join(site, "pipe")]);
    expect(find("folder")).toEqual({ kind: "absent" });
    expect(find("pipe")).toEqual({ kind: "absent" });
    expect(keys()).toEqual(["folder/file", "index.html"]);
  });

  it("is found where it is listed, and nowhere else", () => {
    const name = fc.constantFrom("a", "b", "c", ".env", "id_rsa", "node_modules");
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join("/"));
    const target = fc.oneof(path, fc.constantFrom(".", "..", "../a", "../..", "/tmp", "../b/c"));
    const entries = fc.array(fc.record({ path, target: fc.option(target) }), { maxLength: 8 });
    const rules = fc.constantFrom<SiteFileRules>({}, everyFile, { include: ["b"], exclude: ["c"] });
    fc.assert(
      fc.property(entries, rules, fc.array(path), (made, each, asked) => {
        rmSync(site, { recursive: true });
        mkdirSync(site);
        for (const entry of made) {
          try {
            if (entry.target === null) write(entry.path);
            else link(entry.path, entry.target);
          } catch {
            // It is in the way of an earlier one.
          }
        }
        let listed: readonly string[];
        try {
          listed = keys(each);
        } catch {
          return;
        }
        for (const key of listed) expect([key, find(key, each).kind]).toEqual([key, "file"]);
        for (const key of [...asked, ...made.map((entry) => `${entry.path}/a`)]) {
          expect([key, find(key, each).kind === "file"]).toEqual([key, listed.includes(key)]);
        }
      }),
      propertyRuns(1200),
    );
  });
});
