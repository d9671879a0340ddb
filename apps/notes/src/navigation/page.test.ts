import { describe, expect, it } from "vitest";
import { editPath, notePath, pageAt } from "./page.ts";

describe("pageAt", () => {
  it.each([
    ["/", { kind: "list" }],
    ["/notes/1", { kind: "read", id: 1 }],
    ["/notes/42", { kind: "read", id: 42 }],
    ["/notes/1/edit", { kind: "edit", id: 1 }],
    ["/notes/120/edit", { kind: "edit", id: 120 }],
  ])("%s is a page", (path, page) => {
    expect(pageAt(path)).toEqual(page);
  });

  it.each(["/notes", "/notes/", "/notes/abc", "/notes/1/", "/notes/1/edit/x", "/x/notes/1", ""])(
    "%j is no page",
    (path) => {
      expect(pageAt(path)).toEqual({ kind: "missing" });
    },
  );

  it("finds the pages at the paths that the app links to", () => {
    expect(pageAt(notePath(7))).toEqual({ kind: "read", id: 7 });
    expect(pageAt(editPath(7))).toEqual({ kind: "edit", id: 7 });
  });
});
