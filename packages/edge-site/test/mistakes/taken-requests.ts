import { compileSecretRedirect } from "secret-redirect";
import {
  alone,
  away,
  beforeFallback,
  inFallback,
  old,
  onViewerRequest,
  redirects,
  rewrite,
  type Mistake,
} from "./mistake.ts";

/** Rules whose requests something else takes first, and rewrites to nothing. */
export const takenRequests: readonly Mistake[] = [
  {
    name: "a rule behind the fallback",
    wrong: inFallback(old("/old")),
    message: /"\/old" never fires: spa-rewrite \(mode\) rewrites .* name the path in exclude there/,
    remedies: [
      {
        right: inFallback(old("/old"), { exclude: ["/api", "/old"] }),
        request: "/old",
        answer: `302 ${away}`,
      },
      { right: beforeFallback(old("/old")), request: "/old", answer: `302 ${away}` },
    ],
  },
  {
    name: "a secret path behind the fallback",
    wrong: {
      functions: [
        rewrite({ mode: "fallback" }),
        { package: "secret-redirect", config: compileSecretRedirect({ location: away }) },
      ],
    },
    message: /"\/secret" never fires/,
    remedies: [
      {
        right: {
          functions: [
            rewrite({ mode: "fallback", exclude: ["/secret"] }),
            { package: "secret-redirect", config: compileSecretRedirect({ location: away }) },
          ],
        },
        request: "/secret",
        answer: `302 ${away}`,
      },
    ],
  },
  {
    name: "a rule below the fallback on one event",
    wrong: {
      functions: [rewrite({ mode: "fallback" }), redirects([old("/old")], onViewerRequest)],
    },
    message:
      /"\/old" never fires: .* Put secret-redirect above spa-rewrite in functions, with eventType: "viewer-request"/,
    remedies: [{ right: beforeFallback(old("/old")), request: "/old", answer: `302 ${away}` }],
  },
  {
    name: "a rule on a listed route",
    wrong: { functions: [rewrite({ routes: ["/notes/:id"] }), redirects([old("/notes/1")])] },
    message: /"\/notes\/1" never fires: spa-rewrite \(routes\[0\]\) rewrites/,
    remedies: [
      {
        right: {
          functions: [
            rewrite({ routes: ["/notes/:id"], exclude: ["/notes/1"] }),
            redirects([old("/notes/1")]),
          ],
        },
        request: "/notes/1",
        answer: `302 ${away}`,
      },
      {
        right: {
          functions: [
            redirects([old("/notes/1")], onViewerRequest),
            rewrite({ routes: ["/notes/:id"] }),
          ],
        },
        request: "/notes/1",
        answer: `302 ${away}`,
      },
    ],
  },
  {
    name: "a rule on some of a route's paths",
    wrong: {
      functions: [rewrite({ routes: ["/notes/:id(\\d+)"] }), redirects([old("/notes/:name")])],
    },
    message: /"\/notes\/:name" does not fire for "\/notes\/1"/,
    remedies: [
      {
        right: {
          functions: [
            redirects([old("/notes/:name")], onViewerRequest),
            rewrite({ routes: ["/notes/:id(\\d+)"] }),
          ],
        },
        request: "/notes/1",
        answer: `302 ${away}`,
      },
    ],
  },
  {
    name: "a rule on a page of the build",
    wrong: inFallback(old("/about/")),
    message:
      /"\/about\/" never fires: spa-rewrite \(siteFiles\) rewrites .* to "\/about\/index.html"/,
    remedies: [
      {
        right: inFallback(old("/about/"), { exclude: ["/about"] }),
        request: "/about/",
        answer: `302 ${away}`,
      },
      { right: beforeFallback(old("/about/")), request: "/about/", answer: `302 ${away}` },
    ],
  },
  {
    name: "a rule under the hashed assets",
    wrong: alone([old("/assets/old.js")]),
    message: /"\/assets\/old.js" never fires: .* Add that to the function's pathPatterns/,
    remedies: [
      {
        right: {
          functions: [{ ...redirects([old("/assets/old.js")]), pathPatterns: ["*", "/assets/*"] }],
        },
        request: "/assets/old.js",
        answer: `302 ${away}`,
      },
    ],
  },
  {
    name: "a rule for the root",
    wrong: alone([old("/")]),
    message: /"\/" never fires: the default root object/,
    remedies: [{ right: alone([old("/")], onViewerRequest), request: "/", answer: `302 ${away}` }],
  },
  {
    name: "a document that the site does not have",
    wrong: { functions: [rewrite({ mode: "fallback", document: "/app.html" })] },
    message: /document names a file that the site does not have: got "\/app.html"/,
    remedies: [
      {
        right: { functions: [rewrite({ mode: "fallback", document: "/index.html" })] },
        request: "/x",
        answer: "200 index.html",
      },
    ],
  },
];
