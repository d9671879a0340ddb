import { alone, away, old, redirects, rewrite, type Mistake } from "./mistake.ts";

/** Rules that do not fit one another, or the site. */
export const rulesAsAWhole: readonly Mistake[] = [
  {
    name: "a loop",
    wrong: alone([{ from: "/a/*", to: "/a/:splat" }]),
    message: /leads in a circle: .* let it lead elsewhere/,
    remedies: [
      { right: alone([{ from: "/a/*", to: "/b/:splat" }]), request: "/a/x", answer: "302 /b/x" },
    ],
  },
  {
    name: "a chain",
    wrong: alone([{ from: "/a", to: "/b" }, old("/b")]),
    message: /redirects again: .* Let it lead where rule 1 "\/b" does/,
    remedies: [{ right: alone([old("/a"), old("/b")]), request: "/a", answer: `302 ${away}` }],
  },
  {
    name: "a target that the site does not have",
    wrong: alone([{ from: "/a", to: "/gone" }]),
    message: /leads to "\/gone", which the site does not have. Add the page, or name another/,
    remedies: [
      { right: alone([{ from: "/a", to: "/about/" }]), request: "/a", answer: "302 /about/" },
      {
        right: {
          functions: [rewrite({ routes: ["/gone"] }), redirects([{ from: "/a", to: "/gone" }])],
        },
        request: "/a",
        answer: "302 /gone",
      },
    ],
  },
  {
    name: "a rule that hides a file",
    wrong: alone([old("/LICENSE")]),
    message: /hides a file of the site: .* Take the file or the rule out/,
    remedies: [
      { right: { ...alone([old("/LICENSE")]), siteFiles: { exclude: ["LICENSE"] } } },
      { right: alone([old("/a")]), request: "/LICENSE", answer: "200 LICENSE" },
    ],
  },
  {
    name: "the same rule twice",
    wrong: alone([old("/a"), old("/a/")]),
    message: /has the same from, .* Take one of them out/,
    remedies: [{ right: alone([old("/a")]), request: "/a/", answer: `302 ${away}` }],
  },
  {
    name: "a rule behind a broader one",
    wrong: alone([old("/a/*"), { from: "/a/b", to: "/about/" }]),
    message: /takes all that "\/a\/b" matches. Put it before that rule/,
    remedies: [
      {
        right: alone([{ from: "/a/b", to: "/about/" }, old("/a/*")]),
        request: "/a/b",
        answer: "302 /about/",
      },
    ],
  },
  {
    name: "a rule whose time is over",
    wrong: alone([
      old("/a", { conditions: { time: { until: "2020-01-01T00:00:00Z" } } }),
      old("/b"),
    ]),
    message: /is over: .* Take it out/,
    remedies: [{ right: alone([old("/b")]), request: "/b", answer: `302 ${away}` }],
  },
];
